package dev.retailcrm.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.kernel.CrmException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void doubles_the_delay_up_to_the_longest() {
        var policy = new RetryPolicy(6, Duration.ofSeconds(2), Duration.ofSeconds(10));

        var delays = IntStream.rangeClosed(1, 5)
                .mapToObj(tries -> Duration.between(NOW, policy.next(tries, NOW).orElseThrow())
                        .toSeconds());

        assertThat(delays).containsExactly(2L, 4L, 8L, 10L, 10L);
    }

    @Test
    void gives_up_after_the_last_try() {
        assertThat(RetryPolicy.DEFAULT.next(7, NOW)).isPresent();
        assertThat(RetryPolicy.DEFAULT.next(8, NOW)).isEmpty();
    }

    @Test
    void refuses_delays_that_shrink() {
        assertThatThrownBy(() -> new RetryPolicy(8, Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .isInstanceOf(CrmException.class);
    }
}
