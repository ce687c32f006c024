package dev.retailcrm.audience;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.rule.Rule;
import java.time.Instant;

/**
 * A set of customers as it was at an instant, for a campaign. Who was merged since is in it as whom she was merged into; who is not active any more is
 * not shown. Immutable.
 *
 * @param key its code, 1 to 60 printable ASCII characters
 * @param rule whom it is of
 * @param at as of when, in milliseconds
 * @param members how many there were then
 */
public record AudienceSnapshot(String key, Rule rule, Instant at, long members) {
    /** Refuses malformed parts with INVALID_VALUE. */
    public AudienceSnapshot {
        Check.code(key, AudienceRule.MAX_KEY, "key of the snapshot");
        Check.present(rule, "rule");
        Check.present(at, "instant");
    }

    /** The same of so many. */
    public AudienceSnapshot of(long number) {
        return new AudienceSnapshot(key, rule, at, number);
    }
}
