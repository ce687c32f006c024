package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.core.event.Drained;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.event.ParkedEvent;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EventRelayOnEnginesTest {
    private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
    private String failing = "";

    @ParameterizedTest
    @EnumSource
    void delivers_each_stream_in_order_and_removes_what_it_delivered(Engine engine) {
        var crm = new TestCrm(engine);
        append(crm, 2, "wallet", 1, 2);
        append(crm, 1, "customer", 1, 3);
        append(crm, 1, "wallet", 1, 1);

        assertThat(crm.relay(this::hear).drain(100)).isEqualTo(new Drained(6, 0, 0));
        assertThat(heard)
                .containsExactly(
                        "1/customer/1", "1/customer/2", "1/customer/3", "1/wallet/1", "2/wallet/1", "2/wallet/2");
        assertThat(crm.rows("crm_outbox")).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void holds_back_only_the_stream_of_a_failing_event_until_it_is_parked(Engine engine) {
        var crm = new TestCrm(engine);
        var relay = EventRelay.builder(crm.tenant, crm.outbox, crm.work, crm.clock)
                .maxTries(3)
                .firstDelay(Duration.ofSeconds(10))
                .to(this::hear);
        append(crm, 1, "wallet", 1, 3);
        append(crm, 1, "customer", 1, 1);
        append(crm, 2, "wallet", 1, 1);
        failing = "1/wallet/2";

        assertThat(relay.drain(100)).isEqualTo(new Drained(3, 1, 0));
        assertThat(relay.drain(100)).isEqualTo(new Drained(0, 0, 0));
        crm.clock.advance(Duration.ofSeconds(10));
        assertThat(relay.drain(100)).isEqualTo(new Drained(0, 1, 0));
        crm.clock.advance(Duration.ofSeconds(19));
        assertThat(relay.drain(100)).isEqualTo(new Drained(0, 0, 0));
        crm.clock.advance(Duration.ofSeconds(1));
        assertThat(relay.drain(100)).isEqualTo(new Drained(0, 0, 1));
        assertThat(relay.drain(100)).isEqualTo(new Drained(1, 0, 0));
        assertThat(heard).endsWith("1/wallet/3");
    }

    @ParameterizedTest
    @EnumSource
    void lists_parked_events_by_page_and_puts_them_back(Engine engine) {
        var crm = new TestCrm(engine);
        var relay = EventRelay.builder(crm.tenant, crm.outbox, crm.work, crm.clock)
                .maxTries(1)
                .to(this::fail);
        append(crm, 1, "wallet", 1, 1);
        append(crm, 2, "customer", 1, 1);
        append(crm, 2, "wallet", 1, 1);
        relay.drain(100);

        var first = relay.parked(PageRequest.first(2));
        var second = relay.parked(first.next(2).orElseThrow());
        assertThat(first.items()).extracting(ParkedEvent::error).containsOnly("java.lang.IllegalStateException");
        assertThat(second.items()).extracting(it -> it.event().key()).containsExactly(key(2, "wallet", 1));
        assertThat(second.cursor()).isNull();
        assertThat(relay.putBack(key(2, "wallet", 1))).isTrue();
        assertThat(relay.putBack(key(2, "wallet", 1))).isFalse();
        assertThat(crm.relay(this::hear).drain(100)).isEqualTo(new Drained(1, 0, 0));
        assertThatThrownBy(() -> relay.parked(PageRequest.after("x", 2))).hasMessageContaining("CRM-CORE-003");
    }

    @ParameterizedTest
    @EnumSource
    void what_a_crashed_relay_had_comes_again_when_its_lease_ends(Engine engine) {
        var crm = new TestCrm(engine);
        append(crm, 1, "wallet", 1, 2);
        Instant leaseUntil = crm.clock.instant().plusSeconds(60);

        assertThat(claim(crm, null, 1, leaseUntil)).hasSize(1);
        assertThat(claim(crm, null, 10, leaseUntil)).isEmpty();
        append(crm, 1, "wallet", 3, 3);
        assertThat(claim(crm, null, 10, leaseUntil)).isEmpty();
        crm.clock.advance(Duration.ofSeconds(60));
        assertThat(claim(crm, null, 10, leaseUntil.plusSeconds(60))).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource
    void goes_round_the_customers_when_it_cannot_take_all(Engine engine) {
        var crm = new TestCrm(engine);
        var relay = crm.relay(this::hear);
        append(crm, 1, "wallet", 1, 3);
        append(crm, 2, "wallet", 1, 1);
        append(crm, 3, "wallet", 1, 1);

        relay.drain(2);
        relay.drain(2);
        relay.drain(2);

        assertThat(heard).containsExactly("1/wallet/1", "1/wallet/2", "2/wallet/1", "3/wallet/1", "1/wallet/3");
    }

    @ParameterizedTest
    @EnumSource
    void several_relays_at_once_deliver_each_event_once_and_in_order(Engine engine) throws Exception {
        var crm = new TestCrm(engine);
        for (int customer = 1; customer <= 60; customer++) {
            append(crm, customer, "wallet", 1, 5);
        }
        var appended = new AtomicInteger(5);
        ExecutorService pool = Executors.newFixedThreadPool(6);
        try {
            List<Future<Integer>> running = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                int seed = i;
                running.add(pool.submit(drainer(crm, seed)));
            }
            running.add(pool.submit(() -> {
                for (int seq = 6; seq <= 10; seq++) {
                    for (int customer = 1; customer <= 60; customer++) {
                        append(crm, customer, "wallet", seq, seq);
                    }
                    appended.incrementAndGet();
                }
                return 0;
            }));
            for (Future<Integer> done : running) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
        while (crm.relay(this::hear).drain(1_000).delivered() > 0) {}

        assertThat(crm.rows("crm_outbox")).isZero();
        assertThat(heard).hasSize(600);
        assertThat(new HashSet<>(heard)).hasSize(600);
        for (int customer = 1; customer <= 60; customer++) {
            String stream = customer + "/wallet/";
            assertThat(heard.stream()
                            .filter(it -> it.startsWith(stream))
                            .map(it -> Integer.valueOf(it.substring(stream.length()))))
                    .isSorted();
        }
    }

    private Callable<Integer> drainer(TestCrm crm, int seed) {
        return () -> {
            var random = new Random(seed);
            var relay = crm.relay(this::hear);
            int delivered = 0;
            for (int empty = 0; empty < 20; ) {
                int now = relay.drain(1 + random.nextInt(40)).delivered();
                delivered += now;
                empty = now == 0 ? empty + 1 : 0;
            }
            return delivered;
        };
    }

    private static List<Claimed> claim(TestCrm crm, @Nullable CustomerId after, int limit, Instant leaseUntil) {
        return crm.work.run(
                () -> crm.outbox.claim(crm.tenant, new Claim(after, limit, crm.clock.instant(), leaseUntil)));
    }

    private static void append(TestCrm crm, long customer, String source, int from, int to) {
        crm.work.run(() -> {
            for (int seq = from; seq <= to; seq++) {
                var event = new EventEnvelope(
                        crm.tenant, CustomerId.of(customer), source, seq, "x.happened", crm.clock.instant(), "{}");
                JooqOutboxStore.append(crm.work.session(), event);
            }
            return to;
        });
    }

    private void hear(EventEnvelope event) {
        String name = event.customer().value() + "/" + event.source() + "/" + event.seq();
        if (name.equals(failing)) {
            throw new IllegalStateException("listener is down");
        }
        heard.add(name);
    }

    private void fail(EventEnvelope event) {
        throw new IllegalStateException("listener is down");
    }

    private static EventKey key(long customer, String source, long seq) {
        return new EventKey(CustomerId.of(customer), source, seq);
    }
}
