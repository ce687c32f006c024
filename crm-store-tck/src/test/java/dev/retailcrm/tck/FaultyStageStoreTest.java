package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stage stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyStageStoreTest {
    @TestFactory
    Stream<DynamicTest> stages() {
        return Stream.of(
                fault(
                        "leaks other tenants",
                        "lc_1_",
                        call -> call.is("applyAll") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "lc_2_", Call::elsewhere),
                fault("ignores the lock", "lc_3_", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault(
                        "drops events",
                        "lc_4_",
                        changed(change -> new StageChange(change.after(), change.isFirst(), List.of()))),
                fault(
                        "keeps only the next step",
                        "lc_4_",
                        changed(change ->
                                new StageChange(nextOnly(change.after()), change.isFirst(), change.events()))),
                fault(
                        "forgets the limit of a listing",
                        "lc_5_",
                        call -> call.is("due") ? call.rightWith(2, 1000) : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, StageStore.class, CrmContract.StageStore.class, rule, wrong);
    }

    private static Wrong changed(UnaryOperator<StageChange> other) {
        return call -> {
            if (!call.is("applyAll")) {
                return call.right();
            }
            List<StageChange> changes = call.argument(0);
            return call.rightWith(0, changes.stream().map(other).toList());
        };
    }

    private static StageSnapshot nextOnly(StageSnapshot stage) {
        return new StageSnapshot(
                stage.tenant(),
                stage.customer(),
                stage.stage(),
                stage.since(),
                stage.steps().subList(0, Math.min(1, stage.steps().size())),
                stage.eventSeq());
    }
}
