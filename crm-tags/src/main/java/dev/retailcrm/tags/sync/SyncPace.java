package dev.retailcrm.tags.sync;

import dev.retailcrm.core.kernel.Check;
import java.time.Duration;

/**
 * How often an outside system is called, and how failures are tried again. Immutable.
 *
 * @param calls the most calls, 2 or more, in {@code per}
 * @param per 1 second to 1 day
 * @param firstWait how long to wait after a first failure; after each further one in a row it is twice as long
 * @param longestWait the longest of these waits, unless the system itself asks for a longer one
 * @param attempts after how many failures in a row a run stops, 1 to 100
 */
public record SyncPace(int calls, Duration per, Duration firstWait, Duration longestWait, int attempts) {
    /** 600 calls a minute; waits of 2 seconds to 10 minutes, 12 of them. */
    public static final SyncPace DEFAULT =
            new SyncPace(600, Duration.ofMinutes(1), Duration.ofSeconds(2), Duration.ofMinutes(10), 12);

    /** Refuses anything else with INVALID_VALUE. */
    public SyncPace {
        Check.range(calls, 2, 1_000_000, "calls");
        Check.range((int) per.toSeconds(), 1, 86_400, "seconds of the pace");
        Check.positive(firstWait.toMillis(), "first wait");
        Check.positive(longestWait.toMillis() - firstWait.toMillis() + 1, "longest wait");
        Check.range(attempts, 1, 100, "attempts");
    }

    /** Another number of calls in some time. */
    public SyncPace of(int number, Duration time) {
        return new SyncPace(number, time, firstWait, longestWait, attempts);
    }

    /** Other waits, and after how many the run stops. */
    public SyncPace waiting(Duration first, Duration longest, int failures) {
        return new SyncPace(calls, per, first, longest, failures);
    }

    /** How long to wait after so many failures in a row. */
    Duration waitAfter(int failures) {
        long millis = firstWait.toMillis();
        for (int i = 1; i < failures && millis < longestWait.toMillis(); i++) {
            millis *= 2;
        }
        return Duration.ofMillis(Math.min(millis, longestWait.toMillis()));
    }
}
