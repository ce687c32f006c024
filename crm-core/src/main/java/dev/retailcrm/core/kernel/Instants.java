package dev.retailcrm.core.kernel;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instants a facade accepts: whole milliseconds, from 1970 to 9999, and not further ahead of the clock than the skew tolerated
 * between tills. The past is open: tills deliver late. Immutable.
 */
public final class Instants {
    /** How far ahead of the clock an instant may lie. */
    public static final Duration MAX_AHEAD = Duration.ofHours(36);

    /** The last instant the library computes with, 9999-12-31T00:00:00Z. */
    public static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

    private final InstantSource clock;

    /** Accepts instants by this clock. */
    public Instants(InstantSource clock) {
        this.clock = Check.present(clock, "clock");
    }

    /**
     * Refuses an instant before 1970 or after {@link #LAST}; {@code null} is let pass.
     *
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE}
     */
    public static void requireStorable(@Nullable Instant at) {
        if (at != null && (at.isBefore(Instant.EPOCH) || at.isAfter(LAST))) {
            throw CoreError.INSTANT_OUT_OF_RANGE.because("an instant must lie between 1970 and 9999");
        }
    }

    /** The clock's instant, cut to milliseconds. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The given instant cut to milliseconds, or now if none is given.
     *
     * @throws CrmException {@link CoreError#INSTANT_OUT_OF_RANGE}
     */
    public Instant orNow(@Nullable Instant at) {
        if (at == null) {
            return now();
        }
        if (at.isBefore(Instant.EPOCH) || at.isAfter(now().plus(MAX_AHEAD))) {
            throw CoreError.INSTANT_OUT_OF_RANGE.because(
                    "an instant must lie after 1970 and at most %d hours ahead of the clock", MAX_AHEAD.toHours());
        }
        return at.truncatedTo(ChronoUnit.MILLIS);
    }
}
