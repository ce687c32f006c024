package dev.retailcrm.assets.earn;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When what was earned can be used. Until then it is pending, and counts for nothing. Immutable.
 *
 * @param days days after it was earned, at the same time of the day: the return period. 0 at once, {@value #RELEASED} only when it is
 *     {@linkplain Earning#release released}; pending for days it can be released sooner
 */
public record Availability(int days) {
    /** Only when it is released. */
    public static final int RELEASED = -1;

    private static final int MAX_DAYS = 3_660;

    /** Refuses more than 3,660 days with {@link CoreError#INVALID_VALUE}. */
    public Availability {
        Check.range(days, RELEASED, MAX_DAYS, "days");
    }

    /** At once. */
    public static Availability atOnce() {
        return new Availability(0);
    }

    /** When a return period has passed, or it is released. */
    public static Availability afterDays(int days) {
        return new Availability(Check.range(days, 1, MAX_DAYS, "days"));
    }

    /** Only when it is released. */
    public static Availability onRelease() {
        return new Availability(RELEASED);
    }

    /** The first instant it can be used; {@code null} at once. */
    @Nullable
    Instant from(Instant earnedAt, ZoneId zone) {
        if (days == 0) {
            return null;
        }
        return days == RELEASED
                ? Instants.LAST
                : earnedAt.atZone(zone).plusDays(days).toInstant();
    }
}
