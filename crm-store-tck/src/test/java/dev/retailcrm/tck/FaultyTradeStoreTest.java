package dev.retailcrm.tck;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderSummary;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.tck.FaultyFixture.Call;
import dev.retailcrm.tck.FaultyFixture.Wrong;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The contract of trade stores finds each of these faults, under the number of the rule that forbids it. */
class FaultyTradeStoreTest {
    @TestFactory
    Stream<DynamicTest> trades() {
        return Stream.of(
                trade("looks at other tenants", "ts_1_", with("sums", 0, tenant -> TenantId.of("acme"))),
                trade("locks nothing", "ts_2_a_lock", replaced("lock", call -> call.elsewhere())),
                trade(
                        "forgets numbers of events",
                        "ts_2_a_lock",
                        answer("lock", heads -> forgetful((Map<?, ?>) heads))),
                trade(
                        "opens again what is open",
                        "ts_3_opening",
                        answer("open", heads -> forgetful((Map<?, ?>) heads))),
                trade("names strangers", "ts_4_", answer("open", heads -> {
                    Map<Object, Object> more = new HashMap<>((Map<?, ?>) heads);
                    more.put(StoreContract.nobody(), TradeHead.OPENED);
                    return more;
                })),
                trade("forgets refunds", "ts_5_files_hold", replaced("files", call -> Map.of())),
                trade("places what is known", "ts_6_", changed(change -> without(change, change.added()))),
                trade("forgets sums", "ts_7_", changed(change -> new Altered(change).added(nothing()))),
                trade("keeps first and last", "ts_8_", changed(change -> new Altered(change).replacedAsPlaced())),
                trade("drops events", "ts_9_", changed(change -> new Altered(change).silent())),
                trade(
                        "writes the first of many",
                        "ts_10_",
                        with("applyAll", 0, changes -> List.of(((List<?>) changes).get(0)))),
                trade("finds no order", "ts_11_", replaced("order", call -> Optional.empty())),
                trade("lists the earliest first", "ts_12_", answer("orders", FaultyTradeStoreTest::reversed)),
                trade(
                        "knows no refunds",
                        "ts_12_",
                        answer(
                                "orders",
                                orders -> ((List<?>) orders)
                                        .stream()
                                                .map(order -> unrefunded((OrderSummary) order))
                                                .toList())),
                trade(
                        "counts nothing different",
                        "ts_13_",
                        answer(
                                "statistics",
                                all -> ((List<?>) all)
                                        .stream()
                                                .map(one -> new TradeStatistics(
                                                        ((TradeStatistics) one).total(), 0, 0, 0, 0))
                                                .toList())),
                trade("starts every page anew", "ts_14_", with("buckets", 4, after -> "")),
                trade("sorts keys backwards", "ts_14_", answer("buckets", FaultyTradeStoreTest::reversed)),
                trade("starts every page anew", "ts_15_", answer("customers", FaultyTradeStoreTest::reversed)),
                trade("forgets the last of a page", "ts_16_", answer("history", FaultyTradeStoreTest::shorter)),
                trade("shows sums of others' transactions", "ts_17_", replaced("sums", Call::elsewhere)),
                trade("restates nothing", "ts_18_sums", with("restate", 2, sums -> nothing())));
    }

    private static DynamicTest trade(String what, String rule, Wrong wrong) {
        return FaultyKit.fault(what, TradeStore.class, CrmContract.TradeStore.class, rule, wrong);
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

    private static Wrong changed(UnaryOperator<TradeChange> other) {
        return call -> call.is("apply") ? call.rightWith(0, other.apply(call.argument(0))) : call.right();
    }

    private static TradeSums nothing() {
        return new TradeSums(List.of(), List.of());
    }

    private static Object forgetful(Map<?, ?> heads) {
        Map<Object, Object> forgetful = new HashMap<>();
        heads.keySet().forEach(customer -> forgetful.put(customer, TradeHead.OPENED));
        return forgetful;
    }

    private static Object reversed(Object list) {
        List<Object> reversed = new ArrayList<>((List<?>) list);
        Collections.reverse(reversed);
        return reversed;
    }

    private static Object shorter(Object list) {
        List<?> all = (List<?>) list;
        return all.subList(0, Math.max(0, all.size() - 1));
    }

    private static OrderSummary unrefunded(OrderSummary order) {
        return new OrderSummary(order.order(), order.refunded().minus(order.refunded()));
    }

    /** The same decision, given as if its orders had been there before. */
    private static TradeChange without(TradeChange change, TradeSums added) {
        return new TradeChange(
                change.tenant(),
                change.customer(),
                change.before(),
                change.after(),
                List.of(),
                change.placed().isEmpty() ? change.replaced() : change.placed(),
                change.refunds(),
                added,
                change.events());
    }

    /** A decision with one thing changed. */
    private record Altered(TradeChange change) {
        TradeChange added(TradeSums sums) {
            return of(change.placed(), change.replaced(), sums, change.events());
        }

        TradeChange silent() {
            return of(change.placed(), change.replaced(), change.added(), List.of());
        }

        /** Drops the orders that are to take the place of others, so that only sums change. */
        TradeChange replacedAsPlaced() {
            return of(change.placed(), List.of(), change.added(), change.events());
        }

        private TradeChange of(List<Order> placed, List<Order> replaced, TradeSums added, List<EventEnvelope> events) {
            return new TradeChange(
                    change.tenant(),
                    change.customer(),
                    change.before(),
                    change.after(),
                    placed,
                    replaced,
                    change.refunds(),
                    added,
                    events);
        }
    }
}
