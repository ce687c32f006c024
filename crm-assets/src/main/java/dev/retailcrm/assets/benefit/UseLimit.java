package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;

/**
 * How often a customer may use something. Immutable.
 *
 * @param times 1 to 1,000,000
 * @param period over which they count
 */
public record UseLimit(int times, UsePeriod period) {
    /** Refuses anything else. */
    public UseLimit {
        Check.range(times, 1, 1_000_000, "times");
        Check.present(period, "period");
    }

    /** So many times in each period. */
    public static UseLimit of(int times, UsePeriod period) {
        return new UseLimit(times, period);
    }
}
