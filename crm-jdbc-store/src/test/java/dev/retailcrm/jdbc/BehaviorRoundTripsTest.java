package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.tck.MutableClock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of behaviour on PostgreSQL: what the documentation of the facade says. */
class BehaviorRoundTripsTest {
    private static final Instant AT = Instant.parse("2026-03-01T09:00:00Z");
    private static final BehaviorType TYPE = BehaviorType.of("product.viewed").keptFor(365);
    private static final Visitor BROWSER = Visitor.of("web", "f3b1c2d4e5f60718");

    private final StatementLog log = new StatementLog();
    private final TestHost host = new TestHost(Engine.POSTGRESQL);
    private final JdbcTenant tenant = JdbcCrm.builder(log.on(host.plain))
            .clock(MutableClock.at("2026-03-02T09:00:00Z"))
            .build()
            .tenant(host.tenant);
    private final Behavior behavior = tenant.behavior();

    @Test
    void of_single_commands_and_queries() {
        takes(2, 1, () -> behavior.define(TYPE));
        takes(3, 1, () -> behavior.record(of(host.ann, "1")));
        takes(4, 1, () -> behavior.record(of(host.ann, "1")));
        BehaviorEvent anonymous = BehaviorEvent.of(BROWSER, TYPE.name(), BehaviorId.of("web", "2"), AT);
        takes(5, 1, () -> behavior.record(anonymous));
        takes(1, 0, () -> behavior.visitor(BROWSER));
        takes(11, 2, () -> behavior.link(BROWSER, host.ann, RequestKey.of("login")));
        takes(2, 0, () -> behavior.statistics(host.ann));
        takes(2, 0, () -> behavior.timeline(TimelineQuery.of(host.ann), PageRequest.first(10)));
        takes(1, 0, () -> behavior.types(PageRequest.first(10)));
        takes(3, 1, () -> behavior.expire(null, 10));
        takes(6, 1, () -> behavior.forget(host.ann, 10));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, Behavior.CHUNK})
    void of_a_batch_do_not_grow_with_it(int events) {
        CustomerId bob =
                tenant.customers().register(Registration.of("Bob").key("bob")).id();
        behavior.define(TYPE);
        List<BehaviorEvent> batch = IntStream.range(0, events)
                .mapToObj(i -> of(i % 2 == 0 ? host.ann : bob, "e" + i))
                .toList();

        takes(3, 1, () -> behavior.recordAll(batch));
        takes(4, 1, () -> behavior.recordAll(batch));
    }

    private static BehaviorEvent of(CustomerId customer, String id) {
        return BehaviorEvent.of(customer, TYPE.name(), BehaviorId.of("web", id), AT);
    }

    private void takes(int statements, int commits, Runnable work) {
        log.clear();
        work.run();
        assertThat(log.statements()).as(log::toString).isEqualTo(statements);
        assertThat(log.commits()).isEqualTo(commits);
    }
}
