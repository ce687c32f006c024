package dev.retailcrm.core.event;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a failed delivery is tried again: after {@code first}, then twice as long each time, but never longer than {@code longest}.
 *
 * @param maxTries 1 to 100; the event is parked when this many failed
 */
record RetryPolicy(int maxTries, Duration first, Duration longest) {
    static final RetryPolicy DEFAULT = new RetryPolicy(8, Duration.ofSeconds(2), Duration.ofMinutes(15));

    RetryPolicy {
        Check.range(maxTries, 1, 100, "tries");
        if (first.toMillis() < 1 || longest.compareTo(first) < 0 || longest.toDays() > 30) {
            throw CoreError.INVALID_VALUE.because("delays must be at least 1 ms, growing, and at most 30 days");
        }
    }

    /** The next try after this many failures; empty if there is none. */
    Optional<Instant> next(int tries, Instant now) {
        if (tries >= maxTries) {
            return Optional.empty();
        }
        Duration delay = first;
        for (int doubled = 1; doubled < tries && delay.compareTo(longest) < 0; doubled++) {
            delay = delay.multipliedBy(2);
        }
        return Optional.of(now.plus(delay.compareTo(longest) < 0 ? delay : longest));
    }
}
