package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.ledger.Asset;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a program gives for a purchase or an event, and why. Immutable.
 *
 * @param program its key
 * @param version its version by then
 * @param points by all rules, zero or more
 * @param availableFrom the first instant they can be used; {@code null} at once
 * @param rules what each rule gave that has to do with it, in the order in which they count
 * @param lines what each line earned, in the order of the basket; empty for events
 */
public record ProgramEarning(
        String program,
        long version,
        Asset asset,
        long points,
        @Nullable Instant availableFrom,
        List<RuleEarning> rules,
        List<LineEarning> lines) {
    /** Copies the lists. */
    public ProgramEarning {
        rules = List.copyOf(rules);
        lines = List.copyOf(lines);
    }
}
