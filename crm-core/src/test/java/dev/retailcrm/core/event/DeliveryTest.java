package dev.retailcrm.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final List<String> heard = new ArrayList<>();

    @Test
    void delivers_nothing_of_a_stream_behind_a_failure() {
        var delivery = failingFor(event -> event.customer().value() == 1 && event.seq() == 2);

        delivery.deliver(List.of(claimed(1, 1), claimed(1, 2), claimed(1, 3), claimed(2, 1), claimed(2, 2)));

        assertThat(heard).containsExactly("1/1", "1/2", "2/1", "2/2");
    }

    @Test
    void stops_when_the_lease_has_ended() {
        var clock = new InstantSource() {
            private Instant now = NOW;

            @Override
            public Instant instant() {
                now = now.plusSeconds(20);
                return now;
            }
        };
        var delivery = new Delivery(this::hear, RetryPolicy.DEFAULT, clock, NOW.plusSeconds(60));

        delivery.deliver(List.of(claimed(1, 1), claimed(1, 2), claimed(1, 3), claimed(1, 4)));

        assertThat(heard).containsExactly("1/1", "1/2");
    }

    @Test
    void stops_when_interrupted_and_counts_no_failure() {
        var delivery = failingFor(event -> {
            Thread.currentThread().interrupt();
            return false;
        });

        delivery.deliver(List.of(claimed(1, 1), claimed(2, 1)));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard).containsExactly("1/1");
    }

    private Delivery failingFor(Predicate<EventEnvelope> failing) {
        return new Delivery(
                event -> {
                    hear(event);
                    if (failing.test(event)) {
                        throw new IllegalStateException("listener is down");
                    }
                },
                RetryPolicy.DEFAULT,
                InstantSource.fixed(NOW),
                NOW.plus(Duration.ofMinutes(5)));
    }

    private void hear(EventEnvelope event) {
        heard.add(event.customer().value() + "/" + event.seq());
    }

    private static Claimed claimed(long customer, long seq) {
        var event = new EventEnvelope(
                TenantId.of("acme"), CustomerId.of(customer), "wallet", seq, "points.earned", NOW, "{}");
        return new Claimed(event, 0);
    }
}
