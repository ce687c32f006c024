package dev.retailcrm.tck;

import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.OutboxStore.Failure;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contracts of the unit of work and the outbox find each of these faults, under the number of the rule that forbids it. */
class FaultyTransactionsTest {
    @TestFactory
    Stream<DynamicTest> unitsOfWork() {
        ThreadLocal<Boolean> poisoned = ThreadLocal.withInitial(() -> false);
        return Stream.of(
                work("commits though the work throws", "uw_1_nothing", FaultyTransactionsTest::committing),
                work("keeps its transaction open", "uw_1_what", call -> {
                    if (call.is("run") && call.database.unitOfWork().joined() == null) {
                        HostTransaction unused = call.database.unitOfWork().begin();
                        return call.<Supplier<Object>>argument(0).get();
                    }
                    return call.right();
                }),
                work(
                        "opens its own transaction beside the host's",
                        "uw_2_joined_work_is_committed",
                        call -> call.is("run") ? call.elsewhere() : call.right()),
                work("commits the host's transaction", "uw_2_joined_work_is_rolled_back", call -> {
                    Object answer = call.right();
                    InMemoryTransaction joined = call.database.unitOfWork().joined();
                    if (joined != null) {
                        joined.commit();
                    }
                    return answer;
                }),
                work("loses the host's transaction after a refusal", "uw_3_", call -> {
                    boolean joined = call.database.unitOfWork().joined() != null;
                    if (joined && poisoned.get()) {
                        throw CoreError.TRANSACTION_LOST.because("after a refusal");
                    }
                    try {
                        return call.right();
                    } catch (CrmException e) {
                        poisoned.set(joined);
                        throw e;
                    }
                }),
                work("never runs work again", "uw_4_own", call -> {
                    if (!call.is("run") || call.database.unitOfWork().joined() != null) {
                        return call.right();
                    }
                    try (HostTransaction host = call.database.unitOfWork().begin()) {
                        Object answer = call.<Supplier<Object>>argument(0).get();
                        host.commit();
                        return answer;
                    }
                }));
    }

    private static Object committing(Call call) throws Throwable {
        if (!call.is("run") || call.database.unitOfWork().joined() != null) {
            return call.right();
        }
        var thrown = new AtomicReference<Throwable>();
        Supplier<Object> work = call.argument(0);
        Object answer = call.rightWith(0, (Supplier<Object>) () -> {
            try {
                return work.get();
            } catch (RuntimeException | Error e) {
                thrown.set(e);
                return e;
            }
        });
        if (thrown.get() != null) {
            throw thrown.get();
        }
        return answer == null ? "nothing" : answer;
    }

    @TestFactory
    Stream<DynamicTest> outboxes() {
        return Stream.of(
                outbox("gives events in another order", "os_2_events_come", claiming(events -> {
                    List<Claimed> reversed = new ArrayList<>(events);
                    Collections.reverse(reversed);
                    return reversed;
                })),
                outbox(
                        "loses an event",
                        "os_2_events_come",
                        claiming(events -> events.isEmpty() ? events : events.subList(1, events.size()))),
                outbox(
                        "knows no limit",
                        "os_2_no_more",
                        claim(it -> new Claim(it.after(), 1000, it.now(), it.leaseUntil()))),
                outbox(
                        "starts with the first every time",
                        "os_2_only",
                        claim(it -> new Claim(null, it.limit(), it.now(), it.leaseUntil()))),
                outbox("leaks other tenants", "os_2_events_of", call -> call.rightWith(0, TenantId.of("zenith"))),
                outbox(
                        "lets followers overtake a head that waits",
                        "os_3_nothing_overtakes_a_head_that_waits",
                        FaultyTransactionsTest::overtaking),
                outbox(
                        "leases nothing",
                        "os_3_nothing_overtakes_a_head_that_is_leased",
                        claim(it -> new Claim(
                                it.after(), it.limit(), it.now(), it.now().plusMillis(1)))),
                outbox(
                        "leases at once",
                        "os_4_a_claim_rolled_back",
                        call -> call.is("claim") ? claimedElsewhere(call) : call.right()),
                outbox(
                        "leases for ever",
                        "os_5_what",
                        claim(it -> new Claim(
                                it.after(), it.limit(), it.now(), it.now().plusSeconds(1_000_000)))),
                outbox(
                        "counts a claim as a try",
                        "os_5_claiming",
                        claiming(events -> events.stream()
                                .map(it -> new Claimed(it.event(), it.tries() + 1))
                                .toList())),
                outbox("keeps what was delivered", "os_6_what_was", call -> call.is("delivered") ? null : call.right()),
                outbox("fails on what is gone", "os_6_what_is_gone", call -> {
                    if (call.is("delivered")) {
                        for (EventKey key : call.<List<EventKey>>argument(1)) {
                            if (!call.database.dump().toString().contains("seq=" + key.seq())) {
                                throw new IllegalStateException("no such event");
                            }
                        }
                    }
                    return call.right();
                }),
                outbox(
                        "counts no tries",
                        "os_7_a_failed",
                        failing(it -> new Failure(it.event(), 0, it.nextTry(), it.error()))),
                outbox(
                        "tries again at once",
                        "os_7_a_failed",
                        failing(it -> new Failure(it.event(), it.tries(), StoreContract.T0, it.error()))),
                outbox(
                        "never parks",
                        "os_8_",
                        failing(it -> new Failure(
                                it.event(),
                                it.tries(),
                                it.nextTry() == null ? StoreContract.T0 : it.nextTry(),
                                it.error()))),
                outbox(
                        "starts every page anew",
                        "os_9_parked",
                        call -> call.is("parked")
                                ? call.rightWith(
                                        1,
                                        PageRequest.first(
                                                call.<PageRequest>argument(1).size()))
                                : call.right()),
                outbox(
                        "lists what only waits",
                        "os_9_without",
                        failing(it -> new Failure(it.event(), it.tries(), null, it.error()))),
                outbox("puts nothing back", "os_10_a_parked", call -> call.is("release") ? true : call.right()),
                outbox("puts everything back", "os_10_only", call -> {
                    Object released = call.right();
                    return call.is("release") ? true : released;
                }));
    }

    private static Object claimedElsewhere(Call call) {
        try (var race = new Race()) {
            return Race.result(race.start(() -> call.database
                    .unitOfWork()
                    .run(() -> call.database.outbox().claim(call.argument(0), call.argument(1)))));
        }
    }

    /** Leaves out heads that wait, so that what follows is claimed. */
    private static Object overtaking(Call call) throws Throwable {
        List<Claimed> right = call.is("claim") ? call.right() : List.of();
        if (!call.is("claim")) {
            return call.<Object>right();
        }
        if (right.isEmpty()) {
            Claim claim = call.argument(1);
            return call
                    .database
                    .outbox()
                    .claim(
                            call.argument(0),
                            new Claim(
                                    claim.after(),
                                    claim.limit(),
                                    claim.now().plusSeconds(86_400),
                                    claim.now().plusSeconds(86_401)))
                    .stream()
                    .skip(1)
                    .toList();
        }
        return right;
    }

    private static Wrong claim(UnaryOperator<Claim> other) {
        return call -> call.is("claim") ? call.rightWith(1, other.apply(call.argument(1))) : call.right();
    }

    private static Wrong claiming(UnaryOperator<List<Claimed>> other) {
        return call -> {
            if (!call.is("claim")) {
                return call.right();
            }
            List<Claimed> events = call.right();
            return other.apply(events);
        };
    }

    private static Wrong failing(UnaryOperator<Failure> other) {
        return call -> call.is("failed")
                ? call.rightWith(
                        1, call.<List<Failure>>argument(1).stream().map(other).toList())
                : call.right();
    }

    private static DynamicTest work(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, UnitOfWork.class, CrmContract.UnitOfWork.class, rule, wrong);
    }

    private static DynamicTest outbox(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, OutboxStore.class, CrmContract.OutboxStore.class, rule, wrong);
    }
}
