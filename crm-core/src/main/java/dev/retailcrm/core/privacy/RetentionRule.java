package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;

/**
 * How long customers are kept who do nothing any more. Immutable.
 *
 * @param inactive at least so long after she was last active, by the calendar of the zone: at least a day
 * @param zone the retailer's
 * @param action what is done then
 */
public record RetentionRule(Period inactive, ZoneId zone, Action action) {
    /** What becomes of who was inactive for so long. */
    public enum Action {
        /** Her data is kept and not processed. */
        RESTRICT,
        /** She is erased, or restricted while something stands against that. */
        ERASE
    }

    /** Refuses missing parts, and a period that is not above zero, with {@link CoreError#INVALID_VALUE}. */
    public RetentionRule {
        Check.present(zone, "zone");
        Check.present(action, "action");
        if (Check.present(inactive, "period").isNegative() || inactive.isZero() || inactive.toTotalMonths() > 12_000) {
            throw CoreError.INVALID_VALUE.because(
                    "customers are kept for a day at least, and a thousand years at most");
        }
    }

    /** Restricts who was inactive for so long. */
    public static RetentionRule restrictAfter(Period inactive, ZoneId zone) {
        return new RetentionRule(inactive, zone, Action.RESTRICT);
    }

    /** Erases who was inactive for so long. */
    public static RetentionRule eraseAfter(Period inactive, ZoneId zone) {
        return new RetentionRule(inactive, zone, Action.ERASE);
    }

    /** Whether who was last active then is overdue now. */
    boolean isOver(Instant lastActiveAt, Instant now) {
        return !now.isBefore(lastActiveAt.atZone(zone).plus(inactive).toInstant());
    }
}
