package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of benefits finds each of these faults, under the number of the rule that forbids it. */
class FaultyBenefitStoreTest {
    @TestFactory
    Stream<DynamicTest> benefits() {
        return Stream.of(
                fault("leaks other tenants", "be_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "be_2_", Call::elsewhere),
                fault("locks nobody", "be_3_", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault("finds nothing", "be_4_", call -> call.is("find") ? Optional.empty() : call.right()),
                fault("lists nothing", "be_4_", call -> call.is("list") ? List.of() : call.right()),
                fault("counts nothing", "be_6_", call -> call.is("used") ? 0L : call.right()),
                fault("knows no pass", "be_6_", call -> call.is("isPassUsed") ? false : call.right()),
                fault("says it wrote twice", "be_8_", call -> {
                    Object answer = call.right();
                    return call.is("apply") ? BenefitStore.Outcome.WRITTEN : answer;
                }),
                fault("counts no stock", "be_9_", call -> call.is("taken") ? 0L : call.right()),
                fault("forgets the place", "be_11_", call -> call.is("entries") ? call.rightWith(2, 0L) : call.right()),
                fault("moves nothing back", "be_14_", call -> call.is("disown") ? null : call.right()),
                fault(
                        "forgets the limit",
                        "be_16_",
                        call -> call.is("remove") ? call.rightWith(2, 1000) : call.right()),
                fault("tells of nobody", "be_17_", call -> call.is("lastAt") ? Map.of() : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, BenefitStore.class, CrmContract.BenefitStore.class, rule, wrong);
    }
}
