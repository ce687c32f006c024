package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LocalGuessThrottleTest extends GuessThrottleContract {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    @Override
    protected GuessThrottle throttle() {
        return new LocalGuessThrottle();
    }

    @Override
    protected int failures() {
        return 10;
    }

    @Test
    void waits_until_the_oldest_failure_has_left_the_window() {
        var throttle = new LocalGuessThrottle(2, Duration.ofMinutes(15));
        throttle.failed(ACME, "till-1", NOW);
        throttle.failed(ACME, "till-1", NOW.plusSeconds(60));

        assertThat(throttle.waitFor(ACME, "till-1", NOW.plusSeconds(100))).isEqualTo(Duration.ofSeconds(800));
        assertThat(throttle.waitFor(ACME, "till-1", NOW.plusSeconds(900))).isZero();
        throttle.failed(ACME, "till-1", NOW.plusSeconds(900));
        assertThat(throttle.waitFor(ACME, "till-1", NOW.plusSeconds(901))).isEqualTo(Duration.ofSeconds(59));
    }

    @Test
    void forgets_the_origins_whose_failures_are_oldest_when_there_are_too_many() {
        var throttle = new LocalGuessThrottle(1, Duration.ofMinutes(15));
        for (int i = 0; i < 10_001; i++) {
            throttle.failed(ACME, "till-" + i, NOW);
        }

        assertThat(throttle.waitFor(ACME, "till-0", NOW)).isZero();
        assertThat(throttle.waitFor(ACME, "till-1", NOW)).isPositive();
        assertThat(throttle.waitFor(ACME, "till-10000", NOW)).isPositive();
    }
}
