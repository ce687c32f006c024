package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of orders finds each of these faults, under the number of the rule that forbids it. */
class FaultyCheckoutStoreTest {
    @TestFactory
    Stream<DynamicTest> orders() {
        return Stream.of(
                fault("leaks other tenants", "ck_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "ck_2_", Call::elsewhere),
                fault("finds nothing", "ck_3_", call -> call.is("find") ? Optional.empty() : call.right()),
                fault("says it wrote twice", "ck_4_", call -> {
                    Object answer = call.right();
                    return call.is("apply") ? true : answer;
                }),
                fault("forgets the place", "ck_5_", call -> call.is("list") ? call.rightWith(2, null) : call.right()),
                fault("knows nobody", "ck_7_", call -> {
                    Object answer = call.right();
                    return answer instanceof CheckoutStanding told
                            ? new CheckoutStanding(
                                    null,
                                    told.coupons(),
                                    told.templates(),
                                    told.accounts(),
                                    told.lots(),
                                    told.uses(),
                                    told.lastEarned())
                            : answer;
                }),
                fault(
                        "forgets what is booked with an order",
                        "ck_8_",
                        call -> call.is("apply")
                                        && call.<CheckoutChange>argument(0).isNew()
                                ? call.rightWith(0, alone(call.argument(0)))
                                : call.right()),
                fault(
                        "forgets the limit",
                        "ck_6_",
                        call -> call.is("remove") ? call.rightWith(2, 1000) : call.right()));
    }

    private static CheckoutChange alone(CheckoutChange change) {
        return new CheckoutChange(change.tenant(), change.customer(), change.order(), change.keys(), change.booked());
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, CheckoutStore.class, CrmContract.CheckoutStore.class, rule, wrong);
    }
}
