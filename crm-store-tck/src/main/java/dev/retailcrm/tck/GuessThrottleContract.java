package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rules of {@link GuessThrottle}, by their numbers. */
public abstract class GuessThrottleContract {
    private static final TenantId ACME = TenantId.of("acme");
    private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

    /** A contract. */
    protected GuessThrottleContract() {}

    /** A throttle that nobody was ever refused by. */
    protected abstract GuessThrottle throttle();

    /** How many failures, a second after one another, it lets an origin have before that must wait. */
    protected abstract int failures();

    @Test
    public final void gt_1_makes_an_origin_wait_only_after_too_many_failures() {
        GuessThrottle throttle = throttle();
        for (int i = 0; i < failures(); i++) {
            assertThat(throttle.waitFor(ACME, "till-1", NOW.plusSeconds(i))).isZero();
            throttle.failed(ACME, "till-1", NOW.plusSeconds(i));
        }

        assertThat(throttle.waitFor(ACME, "till-1", NOW.plusSeconds(failures())))
                .isPositive();
    }

    @Test
    public final void gt_2_lets_an_origin_try_that_waited_as_long_as_it_was_told() {
        GuessThrottle throttle = throttle();
        Instant now = failed(throttle);
        Duration wait = throttle.waitFor(ACME, "till-1", now);

        assertThat(throttle.waitFor(ACME, "till-1", now.plus(wait).minusMillis(1)))
                .isPositive();
        assertThat(throttle.waitFor(ACME, "till-1", now.plus(wait))).isZero();
    }

    @Test
    public final void gt_3_lets_other_origins_and_tenants_go_on() {
        GuessThrottle throttle = throttle();
        Instant now = failed(throttle);

        assertThat(throttle.waitFor(ACME, "till-2", now)).isZero();
        assertThat(throttle.waitFor(ACME, "TILL-1", now)).isZero();
        assertThat(throttle.waitFor(TenantId.of("other"), "till-1", now)).isZero();
    }

    /** Fails as often as it may; returns the instant after. */
    private Instant failed(GuessThrottle throttle) {
        for (int i = 0; i < failures(); i++) {
            throttle.failed(ACME, "till-1", NOW.plusSeconds(i));
        }
        return NOW.plusSeconds(failures());
    }
}
