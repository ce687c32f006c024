package dev.retailcrm.tck;

import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contracts of stores of audiences find each of these faults, under the number of the rule that forbids it. */
class FaultyAudienceStoreTest {
    @TestFactory
    Stream<DynamicTest> definitions() {
        return Stream.of(
                defined("leaks other tenants", "ad_1_", call -> call.is("define") ? call.right() : acme(call)),
                defined(
                        "ignores the lock",
                        "ad_4_",
                        call -> call.is("lockDefinitions") ? call.elsewhere() : call.right()),
                defined("forgets keys", "ad_5_", call -> call.is("booked") ? Optional.empty() : call.right()),
                defined("forgets versions", "ad_8_", call -> call.is("versions") ? List.of() : call.right()));
    }

    private static @Nullable Object acme(Call call) throws Throwable {
        return call.rightWith(0, TenantId.of("acme"));
    }

    @TestFactory
    Stream<DynamicTest> members() {
        return Stream.of(
                fault(
                        "ignores the lock of a state",
                        "am_3_",
                        call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault(
                        "keeps no state",
                        "am_4_",
                        call -> call.is("write") ? call.rightWith(1, AudienceState.none("a")) : call.right()),
                fault("finds nobody anew", "am_7_", call -> call.is("redraft") ? null : call.right()),
                fault(
                        "swaps and says nothing",
                        "am_8_",
                        call -> call.is("swap") ? new AudienceTally(0, 0) : call.right()),
                fault("forgets nothing", "am_9_", call -> call.is("discard") ? null : call.right()),
                fault("finds no difference", "am_10_", call -> call.is("differing") ? List.of() : call.right()),
                fault(
                        "finds nobody who belongs",
                        "am_6_and_am_12_",
                        call -> call.is("belonging") ? Set.of() : call.right()),
                fault("locks nobody", "am_13_", call -> call.is("lockAll") ? call.elsewhere() : call.right()),
                fault("knows no customer", "am_13_", call -> call.is("lockAll") ? Map.of() : call.right()),
                fault("writes of many nothing", "am_15_", call -> call.is("applyAll") ? null : call.right()),
                fault(
                        "forgets the instant",
                        "am_16_",
                        call -> call.is("members") ? call.rightWith(2, null) : call.right()),
                fault("forgets the limit", "am_18_", call -> call.is("stays") ? call.rightWith(3, 1000) : call.right()),
                fault("never thaws", "am_19_", call -> call.is("thaw") ? null : call.right()),
                fault("removes nothing", "am_23_", call -> call.is("remove") ? 0 : call.right()));
    }

    private static DynamicTest defined(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, AudienceStore.class, CrmContract.AudienceStore.class, rule, wrong);
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, AudienceMemberStore.class, CrmContract.AudienceMemberStore.class, rule, wrong);
    }
}
