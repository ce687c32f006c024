package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;

/**
 * What happens when used value is refunded to a lot that has expired meanwhile. Immutable.
 *
 * @param graceDays 0: it lapses at once, booked as such; else it may be used for this many days of 24 hours, up to 3,660
 */
public record LapsedReturn(int graceDays) {
    /** Refused outside 0 to 3,660. */
    public LapsedReturn {
        Check.range(graceDays, 0, 3660, "grace days");
    }

    /** It lapses at once. */
    public static LapsedReturn lapse() {
        return new LapsedReturn(0);
    }

    /** It may be used for this many days more. */
    public static LapsedReturn grace(int days) {
        return new LapsedReturn(Check.range(days, 1, 3660, "grace days"));
    }
}
