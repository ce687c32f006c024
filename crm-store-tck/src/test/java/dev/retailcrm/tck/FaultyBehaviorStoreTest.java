package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of behaviour stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyBehaviorStoreTest {
    @TestFactory
    Stream<DynamicTest> each_rule_finds_a_store_that_breaks_it() {
        return Stream.of(
                fault("looks at other tenants", "bs_1_", with("timeline", 0, tenant -> TenantId.of("acme"))),
                fault("forgets retentions", "bs_2_", replaced("expiring", call -> List.of())),
                fault("forgets versions", "bs_2_", replaced("version", call -> Optional.empty())),
                fault("defines twice", "bs_6_", answer("define", written -> true)),
                fault("takes everybody for a customer", "bs_7_", answer("standings", FaultyBehaviorStoreTest::more)),
                fault("locks nothing", "bs_8_", replaced("open", Call::elsewhere)),
                fault("books no key", "bs_8_", answer("link", written -> true)),
                fault("makes a visitor anew", "bs_9_", answer("open", FaultyBehaviorStoreTest::anew)),
                fault("names nothing known", "bs_12_events", answer("record", known -> Map.of())),
                fault("records elsewhere", "bs_12_bs_13_", replaced("record", Call::elsewhere)),
                fault("shows what is past", "bs_14_", with("timeline", 2, retentions -> List.of())),
                fault("shows the earliest first", "bs_14_", answer("timeline", FaultyBehaviorStoreTest::reversed)),
                fault("counts what is past", "bs_15_", with("statistics", 2, retentions -> List.of())),
                fault("removes nothing", "bs_16_", with("remove", 2, ids -> Set.of())),
                fault("deletes nothing", "bs_17_", with("expire", 1, retentions -> List.of())),
                fault(
                        "ends after a page",
                        "bs_17_",
                        answer("expire", it -> new ExpiryProgress(((ExpiryProgress) it).deleted(), null))),
                fault("finds no visitors", "bs_18_", replaced("visitors", call -> List.of())),
                fault("holds nobody", "bs_21_", replaced("hold", Call::elsewhere)),
                fault("tells nothing kept", "bs_24_", answer("kept", kept -> Map.of())),
                fault("keeps a visitor", "bs_18_", with("unlink", 3, customer -> StoreContract.nobody())));
    }

    private static DynamicTest fault(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, BehaviorStore.class, CrmContract.BehaviorStore.class, rule, wrong);
    }

    private static Wrong with(String method, int index, UnaryOperator<Object> other) {
        return call -> call.is(method) ? call.rightWith(index, other.apply(call.argument(index))) : call.right();
    }

    private static Wrong replaced(String method, Wrong wrong) {
        return call -> call.is(method) ? wrong.call(call) : call.right();
    }

    private static Wrong answer(String method, UnaryOperator<Object> other) {
        return call -> call.is(method) ? other.apply(call.right()) : call.right();
    }

    private static Object more(Object statuses) {
        Map<Object, Object> more = new HashMap<>((Map<?, ?>) statuses);
        more.put(StoreContract.nobody(), new Standing(CustomerStatus.ACTIVE, Instant.EPOCH, null));
        return more;
    }

    private static Object anew(Object visitors) {
        Map<Object, Object> anew = new HashMap<>();
        ((Map<?, ?>) visitors).keySet().forEach(hash -> anew.put(hash, VisitorFile.unlinked(StoreContract.nobody())));
        return anew;
    }

    private static Object reversed(Object list) {
        List<Object> reversed = new ArrayList<>((List<?>) list);
        Collections.reverse(reversed);
        return reversed;
    }
}
