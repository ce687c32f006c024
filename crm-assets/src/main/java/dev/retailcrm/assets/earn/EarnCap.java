package dev.retailcrm.assets.earn;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * The most a customer is given over a period. Immutable.
 *
 * @param points the most points, 1 to {@value #NONE}
 * @param times how often she is given any, 1 to {@value #NONE}
 */
public record EarnCap(CapPeriod period, long points, long times) {
    /** More than is ever given. */
    public static final long NONE = 1_000_000_000_000_000L;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EarnCap {
        Check.present(period, "period");
        if (points < 1 || points > NONE || times < 1 || times > NONE) {
            throw CoreError.INVALID_VALUE.because("a cap must be 1 to %d points and times", NONE);
        }
    }

    /** At most so many points. */
    public static EarnCap points(CapPeriod period, long points) {
        return new EarnCap(period, points, NONE);
    }

    /** At most so often. */
    public static EarnCap times(CapPeriod period, long times) {
        return new EarnCap(period, NONE, times);
    }
}
