package dev.retailcrm.tags;

import dev.retailcrm.core.rule.CompiledRule;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.RuleIndex;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules want of customers' tags at an instant. A tag that was taken away by hand stays away, and one that she has otherwise is hers. Of an
 * exclusive group she keeps what she has by other means than a rule, or by one that holds; else she gets the tag of the first that holds, by
 * the keys of the automatic tags. Not thread-safe.
 */
final class AutoTagJudgement {
    private final List<Judge> judges = new ArrayList<>();
    private final TagCatalog catalog;
    private final Instant at;

    /** An automatic tag, ready for the instant. */
    private record Judge(AutoTag automatic, CompiledRule.AsOf rule) {}

    /**
     * What rules want of a customer's tags.
     *
     * @param taken what is to be taken from her
     * @param put what is to be put on her, each a tag she has not
     * @param due when time alone will change the answer; {@code null} if it will not
     */
    record Answer(
            List<AutoTag> taken,
            List<AutoTag> put,
            @Nullable Instant due) {
        boolean isEmpty() {
            return taken.isEmpty() && put.isEmpty();
        }
    }

    AutoTagJudgement(RuleIndex.Group<AutoTag> group, TagCatalog catalog, Instant at) {
        group.members().forEach(it -> judges.add(new Judge(it.of(), it.rule().at(at))));
        this.catalog = catalog;
        this.at = at;
    }

    Answer of(CustomerFacts facts, Collection<TagMark> has) {
        Map<String, TagMark> marks = new HashMap<>();
        TagFile.seen(has, catalog).forEach(it -> marks.put(it.tag(), it));
        Set<String> holding = new HashSet<>();
        Instant due = null;
        for (Judge judge : judges) {
            if (judge.rule().test(facts)) {
                holding.add(judge.automatic().key());
            }
            due = earlier(due, judge.rule().validUntil(facts));
        }
        List<AutoTag> taken = new ArrayList<>(0);
        for (Judge judge : judges) {
            TagMark mark = marks.get(judge.automatic().tag());
            boolean goes = judge.automatic().removes()
                    && !holding.contains(judge.automatic().key());
            if (goes && mark != null && mark.isAt(at) && judge.automatic().put(mark)) {
                taken.add(judge.automatic());
                marks.remove(mark.tag());
            }
        }
        List<AutoTag> put = new ArrayList<>(0);
        for (Judge judge : judges) {
            AutoTag automatic = judge.automatic();
            if (holding.contains(automatic.key())) {
                due = earlier(due, end(automatic, marks));
                if (wants(automatic, marks) && !isHeldOff(automatic, marks, holding, put)) {
                    put.add(automatic);
                }
            }
        }
        return new Answer(taken, put, due);
    }

    /** When the tag that she has, or gets now, will end by itself while the rule holds. */
    private Optional<Instant> end(AutoTag automatic, Map<String, TagMark> marks) {
        TagMark mark = marks.get(automatic.tag());
        if (mark != null && mark.isAt(at)) {
            return Optional.ofNullable(mark.until());
        }
        TagDefinition tag = catalog.tags().get(automatic.tag());
        return tag == null || (mark != null && mark.isRemoval())
                ? Optional.empty()
                : Optional.ofNullable(tag.lifetime()).map(at::plus);
    }

    private boolean wants(AutoTag automatic, Map<String, TagMark> marks) {
        TagDefinition tag = catalog.tags().get(automatic.tag());
        if (tag == null || !tag.isActive()) {
            return false;
        }
        TagMark mark = marks.get(automatic.tag());
        if (mark == null || mark.isRemoval()) {
            return mark == null;
        }
        boolean changed = !Objects.equals(mark.value(), automatic.tagging().value());
        return !mark.isAt(at) || (changed && automatic.put(mark));
    }

    private boolean isHeldOff(
            AutoTag automatic, Map<String, TagMark> marks, Set<String> holding, List<AutoTag> before) {
        if (before.stream().anyMatch(it -> it.tag().equals(automatic.tag()))) {
            return true;
        }
        TagDefinition tag = catalog.tags().get(automatic.tag());
        if (tag == null) {
            return true;
        }
        boolean outrun = before.stream()
                .map(it -> catalog.tags().get(it.tag()))
                .anyMatch(it -> it != null && catalog.exclude(tag, it));
        return outrun
                || marks.values().stream()
                        .filter(it -> it.isAt(at)
                                && (it.source().kind() != TagSource.Kind.RULE
                                        || holding.contains(it.source().reference())))
                        .map(it -> catalog.tags().get(it.tag()))
                        .anyMatch(it -> it != null && catalog.exclude(tag, it));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, Optional<Instant> other) {
        return other.isEmpty() || (one != null && one.isBefore(other.get())) ? one : other.get();
    }
}
