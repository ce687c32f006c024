package dev.retailcrm.tck;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** A store of reviews that breaks a rule fails the rule of that number. */
class FaultyReviewStoreTest {
    @TestFactory
    Stream<DynamicTest> faults() {
        return Stream.of(
                fault(
                        "leaks other tenants",
                        "rv_1_",
                        call -> call.is("write") ? call.right() : call.rightWith(0, TenantId.of("acme"))),
                fault("finds by the first ids", "rv_2_", answering("of", List.of())),
                fault("ignores the lock", "rv_3_", call -> call.is("lock") ? call.elsewhere() : call.right()),
                fault(
                        "takes everybody for living",
                        "rv_4_",
                        call -> call.is("lockLiving") ? Set.copyOf(call.<List<Object>>argument(1)) : call.right()),
                fault(
                        "keeps no change",
                        "rv_5_",
                        call -> call.is("write") ? call.rightWith(2, List.of()) : call.right()),
                fault("mixes the assignees", "rv_6_", with("queue", 2, null)),
                fault("starts every page anew", "rv_6_", with("queue", 3, null)),
                fault("shows one status only", "rv_6_", with("queue", 1, ReviewStatus.OPEN)),
                fault("counts nothing", "rv_7_", answering("counts", Map.of())),
                fault("drops entries", "rv_8_", call -> call.is("write") ? call.rightWith(3, List.of()) : call.right()),
                fault("forgets where it was", "rv_8_", with("entries", 3, 0L)),
                FaultyKit.fault(
                        "leaves reviews of the erased open",
                        CustomerStore.class,
                        CrmContract.ReviewStore.class,
                        "rv_9_",
                        call -> call.is("apply")
                                        && call.<CustomerChange>argument(0)
                                                        .after()
                                                        .status()
                                                == CustomerStatus.ERASED
                                ? CustomerStore.Applied.done()
                                : call.right()));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, ReviewStore.class, CrmContract.ReviewStore.class, rule, wrong);
    }

    private static Wrong answering(String method, Object answer) {
        return call -> call.is(method) ? answer : call.right();
    }

    private static Wrong with(String method, int index, @Nullable Object other) {
        return call -> call.is(method) ? call.rightWith(index, other) : call.right();
    }
}
