package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of erasure stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyErasureStoreTest {
    @TestFactory
    Stream<DynamicTest> erasures() {
        return Stream.of(
                fault(
                        "leaks other tenants",
                        "er_1_",
                        call -> call.is("write") ? call.right() : call.rightWith(0, TenantId.of("zenith"))),
                fault("forgets what was erased", "er_2_", call -> {
                    if (!call.is("write")) {
                        return call.right();
                    }
                    Erasure it = call.argument(1);
                    return call.rightWith(
                            1,
                            new Erasure(
                                    it.customer(),
                                    it.state(),
                                    it.requestedAt(),
                                    it.requestedBy(),
                                    it.changedAt(),
                                    List.of(),
                                    new TreeMap<>()));
                }),
                fault("shows only what is committed", "er_3_", Call::elsewhere),
                fault(
                        "forgets the limit of a listing",
                        "er_4_",
                        call -> call.is("open") ? call.rightWith(2, 1000) : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, ErasureStore.class, CrmContract.ErasureStore.class, rule, wrong);
    }
}
