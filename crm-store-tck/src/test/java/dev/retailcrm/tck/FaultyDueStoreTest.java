package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.RuleRun;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of automatic tags finds each of these faults, under the number of the rule that forbids it. */
class FaultyDueStoreTest {
    @TestFactory
    Stream<DynamicTest> automaticTags() {
        return Stream.of(
                fault("leaks other tenants", "du_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "du_2_", Call::elsewhere),
                fault("holds nobody", "du_3_", call -> call.is("hold") ? null : call.right()),
                fault("finds nobody due", "du_4_5_", call -> call.is("due") ? Map.of() : call.right()),
                fault("forgets who is due no more", "du_6_", call -> call.is("unschedule") ? 1 : call.right()),
                fault(
                        "forgets the limit of a listing",
                        "du_7_",
                        call -> call.is("overdue") ? call.rightWith(2, 1000) : call.right()),
                fault(
                        "finds those who will be due",
                        "du_7_",
                        call -> call.is("overdue")
                                ? call.rightWith(1, Instant.parse("9999-12-31T00:00:00Z"))
                                : call.right()),
                fault("never ends a run", "du_8_10_11_", call -> call.is("end") ? null : call.right()),
                fault(
                        "loses the place",
                        "du_8_10_11_",
                        call -> call.is("runs") ? placeless(call.right()) : call.right()),
                fault(
                        "ignores the lock of a run",
                        "du_9_",
                        call -> call.is("lockRun") ? call.elsewhere() : call.right()),
                fault("finds no run", "du_9_", call -> call.is("lockRun") ? Optional.empty() : call.right()));
    }

    private static List<RuleRun> placeless(Object runs) {
        return ((List<?>) runs)
                .stream()
                        .map(RuleRun.class::cast)
                        .map(it -> new RuleRun(it.key(), it.version(), null, it.startedAt()))
                        .toList();
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, DueStore.class, CrmContract.DueTags.class, rule, wrong);
    }
}
