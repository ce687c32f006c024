package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponStore.Applied;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of stores of coupons finds each of these faults, under the number of the rule that forbids it. */
class FaultyCouponStoreTest {
    @TestFactory
    Stream<DynamicTest> coupons() {
        return Stream.of(
                fault("leaks other tenants", "co_1_", call -> call.rightWith(0, TenantId.of("acme"))),
                fault("shows only what is committed", "co_2_24_", Call::elsewhere),
                fault("knows no template", "co_3_4_5_", call -> call.is("newest") ? Optional.empty() : call.right()),
                fault("knows no version", "co_3_4_5_", call -> call.is("versions") ? Map.of() : call.right()),
                fault(
                        "forgets the limit of a listing",
                        "co_3_4_5_",
                        call -> call.is("templates") ? call.rightWith(2, 1000) : call.right()),
                fault(
                        "ignores the lock of a template",
                        "co_6_",
                        call -> call.is("lockTemplate") ? call.elsewhere() : call.right()),
                fault("forgets keys", "co_7_8_", call -> call.is("booked") ? Optional.empty() : call.right()),
                fault("counts nothing", "co_9_10_11_", call -> call.is("taken") ? new CouponTaken(0, 0) : call.right()),
                fault(
                        "ignores the lock of a batch",
                        "co_12_13_",
                        call -> call.is("lockBatch") ? call.elsewhere() : call.right()),
                fault("writes codes twice", "co_14_15_30_", call -> call.is("addCodes") ? Set.of() : call.right()),
                fault(
                        "knows every code",
                        "co_14_15_30_",
                        call -> call.is("known") ? Set.copyOf((List<?>) call.argument(1)) : call.right()),
                fault(
                        "ignores the lock of a code",
                        "co_16_",
                        call -> call.is("lockCode") ? call.elsewhere() : call.right()),
                fault("locks nobody", "co_17_", call -> call.is("lockAll") ? call.elsewhere() : call.right()),
                fault("finds no coupon", "co_18_19_", call -> call.is("find") ? Map.of() : call.right()),
                fault(
                        "shows what is used as open",
                        "co_18_19_",
                        call -> call.is("coupons") ? call.rightWith(2, false) : call.right()),
                fault("counts nobody's coupons", "co_20_", call -> call.is("obtained") ? 0L : call.right()),
                fault("says all is written", "co_21_23_", call -> {
                    Object answer = call.right();
                    return call.is("apply") ? Applied.WRITTEN : answer;
                }),
                fault("has always more", "co_22_23_24_", call -> {
                    Object answer = call.right();
                    return answer instanceof Applied it && !it.isWritten() ? Applied.tooFew(9) : answer;
                }),
                fault(
                        "starts at the beginning",
                        "co_25_26_29_",
                        call -> call.is("entries") ? call.rightWith(2, 0L) : call.right()),
                fault("counts none", "co_27_", call -> call.is("counts") ? Map.of() : call.right()),
                fault("removes nothing", "co_28_", call -> call.is("remove") ? 0 : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, CouponStore.class, CrmContract.CouponStore.class, rule, wrong);
    }
}
