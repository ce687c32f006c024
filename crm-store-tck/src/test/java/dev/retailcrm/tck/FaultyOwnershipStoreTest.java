package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.OwnershipStore.Portfolio;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of ownership stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyOwnershipStoreTest {
    @TestFactory
    Stream<DynamicTest> ownerships() {
        return Stream.of(
                fault(
                        "leaks other tenants",
                        "ow_1_",
                        call -> call.is("apply") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "ow_2_", Call::elsewhere),
                fault(
                        "finds the first hundred only",
                        "ow_3_",
                        with("owners", 1, asked -> ((List<?>) asked).subList(0, 100))),
                fault(
                        "makes up customers",
                        "ow_4_an_unknown",
                        call -> call.is("lock")
                                ? Optional.of(OwnershipSnapshot.none(
                                        call.argument(0), call.argument(1), CustomerStatus.ACTIVE))
                                : call.right()),
                fault("forgets transfers", "ow_4_a_lock_returns", answer("lock", FaultyOwnershipStoreTest::forgetful)),
                fault(
                        "ignores the lock",
                        "ow_4_a_lock_that",
                        call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault(
                        "books a key for every call",
                        "ow_5_",
                        call -> call.is("apply") ? Boolean.valueOf(call.right() != null) : call.right()),
                fault(
                        "drops events",
                        "ow_6_",
                        changed(change ->
                                new OwnershipChange(change.after(), change.entries(), List.of(), change.booking()))),
                fault(
                        "forgets who was a manager",
                        "ow_7_",
                        changed(change -> new OwnershipChange(
                                change.after(),
                                change.entries().stream()
                                        .map(FaultyOwnershipStoreTest::unvouched)
                                        .toList(),
                                change.events(),
                                change.booking()))),
                fault("starts every page anew", "ow_8_", with("entries", 2, after -> 0L)),
                fault("forgets the limit", "ow_8_", with("entries", 3, limit -> 1000)),
                fault("lists the highest first", "ow_9_", answer("owned", FaultyOwnershipStoreTest::reversed)),
                fault("takes stores for their pools", "ow_9_", with("owned", 1, asked -> {
                    Portfolio portfolio = (Portfolio) asked;
                    return new Portfolio(portfolio.staff(), portfolio.store(), portfolio.store() == null);
                })),
                fault(
                        "starts every listing anew",
                        "ow_9_",
                        call -> call.is("owned")
                                ? call.database
                                        .ownership()
                                        .owned(call.argument(0), call.argument(1), null, call.argument(4))
                                : call.right()),
                fault(
                        "keeps offers open at their end",
                        "ow_10_",
                        with("offers", 2, at -> ((Instant) at).minusMillis(1))),
                fault("ends offers too late", "ow_10_ow_11_", with("expired", 1, at -> ((Instant) at).minusMillis(1))),
                fault("names the latest first", "ow_10_ow_11_", answer("expired", FaultyOwnershipStoreTest::reversed)));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, OwnershipStore.class, CrmContract.OwnershipStore.class, rule, wrong);
    }

    private static Wrong with(String method, int index, UnaryOperator<Object> other) {
        return call -> call.is(method) ? call.rightWith(index, other.apply(call.argument(index))) : call.right();
    }

    private static Wrong answer(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private static Wrong changed(UnaryOperator<OwnershipChange> other) {
        return call -> call.is("apply") ? call.rightWith(0, other.apply(call.argument(0))) : call.right();
    }

    private static Object forgetful(Object locked) {
        return ((Optional<?>) locked)
                .map(OwnershipSnapshot.class::cast)
                .map(now -> new OwnershipSnapshot(
                        now.tenant(),
                        now.customer(),
                        now.status(),
                        now.lastSeq(),
                        now.eventSeq(),
                        now.changedAt(),
                        now.tenure(),
                        now.offer(),
                        List.of()));
    }

    private static OwnershipEntry unvouched(OwnershipEntry entry) {
        return new OwnershipEntry(
                entry.seq(),
                entry.act(),
                entry.before(),
                entry.after(),
                entry.offer(),
                entry.by(),
                false,
                entry.reason(),
                entry.at());
    }

    private static Object reversed(Object list) {
        List<Object> reversed = new ArrayList<>((List<?>) list);
        Collections.reverse(reversed);
        return reversed;
    }
}
