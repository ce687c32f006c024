package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of tiers finds each of these faults, under the number of the rule that forbids it. */
class FaultyTierStoreTest {
    @TestFactory
    Stream<DynamicTest> tiers() {
        return Stream.of(
                fault("leaks other tenants", "ti_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "ti_2_", Call::elsewhere),
                fault("locks nobody", "ti_3_", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault("finds nobody", "ti_4_", call -> call.is("find") ? Map.of() : call.right()),
                fault("says it wrote twice", "ti_6_", call -> {
                    Object answer = call.right();
                    return call.is("apply") ? true : answer;
                }),
                fault("forgets the place", "ti_7_", call -> call.is("entries") ? call.rightWith(2, 0L) : call.right()),
                fault(
                        "measures everything",
                        "ti_8_",
                        call -> call.is("points") ? call.rightWith(3, Instant.EPOCH) : call.right()),
                fault("finds no customers", "ti_9_", call -> call.is("customers") ? List.of() : call.right()),
                fault(
                        "forgets the limit",
                        "ti_10_",
                        call -> call.is("remove") ? call.rightWith(2, 1000) : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, TierStore.class, CrmContract.TierStore.class, rule, wrong);
    }
}
