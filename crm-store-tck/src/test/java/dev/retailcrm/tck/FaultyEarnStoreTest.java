package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of earnings finds each of these faults, under the number of the rule that forbids it. */
class FaultyEarnStoreTest {
    @TestFactory
    Stream<DynamicTest> earnings() {
        return Stream.of(
                fault("leaks other tenants", "ep_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "ep_2_", Call::elsewhere),
                fault("finds no uses", "ep_3_", call -> call.is("uses") ? List.of() : call.right()),
                fault("does not count", "ep_4_", call -> call.is("last") ? 0L : call.right()),
                fault("says it wrote twice", "ep_5_", call -> {
                    Object answer = call.right();
                    return call.is("apply") ? true : answer;
                }),
                fault("finds nothing", "ep_6_", call -> call.is("find") ? Optional.empty() : call.right()),
                fault("forgets the place", "ep_8_", call -> call.is("list") ? call.rightWith(2, 0L) : call.right()),
                fault("shares nothing", "ep_9_", call -> call.is("adopt") ? null : call.right()),
                fault("takes nothing back", "ep_9_", call -> call.is("disown") ? null : call.right()),
                fault(
                        "forgets the limit",
                        "ep_11_",
                        call -> call.is("remove") ? call.rightWith(2, 1000) : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, EarnStore.class, CrmContract.EarnStore.class, rule, wrong);
    }
}
