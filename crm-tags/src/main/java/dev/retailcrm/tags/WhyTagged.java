package dev.retailcrm.tags;

import dev.retailcrm.core.rule.Verdict;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a customer has a tag, or has it not. Immutable.
 *
 * @param tag the key of the tag
 * @param mark what she has of it now: since when, until when, and by whom or by which version of which rule; a removal by hand, which rules
 *     leave so; {@code null} if nothing
 * @param rules what the rules say of her now that put the tag on customers, ascending by key
 */
public record WhyTagged(String tag, @Nullable TagMark mark, List<Judged> rules) {
    /** Copies the list. */
    public WhyTagged {
        rules = List.copyOf(rules);
    }

    /**
     * What a rule says of her.
     *
     * @param automatic whose rule
     * @param verdict its answer now, with the values it saw, and until when it holds
     */
    public record Judged(AutoTag automatic, Verdict verdict) {}

    /** The rule that put the tag on her, as it is now; empty if something else did, or it was deleted or paused since. */
    public Optional<Judged> cause() {
        TagMark hers = mark;
        return hers == null
                ? Optional.empty()
                : rules.stream().filter(it -> it.automatic().put(hers)).findFirst();
    }
}
