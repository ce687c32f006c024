package dev.retailcrm.tck;

import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeFigures;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All trade of one customer. Immutable.
 *
 * @param orders by number
 * @param refunds by order number, each list by the refund's number
 */
record TradeRows(
        TradeHead head,
        SortedMap<OrderNumber, Order> orders,
        SortedMap<OrderNumber, List<Refund>> refunds,
        TradeSums sums) {
    static final TradeRows OPENED =
            new TradeRows(TradeHead.OPENED, new TreeMap<>(), new TreeMap<>(), new TradeSums(List.of(), List.of()));

    TradeRows {
        orders = Collections.unmodifiableSortedMap(orders);
        refunds = Collections.unmodifiableSortedMap(refunds);
    }

    OrderFile file(OrderNumber number) {
        Order order = orders.get(number);
        OrderHead known = order == null ? null : order.head();
        return new OrderFile(known, refunds.getOrDefault(number, List.of()));
    }

    /** The numbers under which anything arrived. */
    SortedMap<OrderNumber, OrderFile> files() {
        var numbers = new TreeSet<>(orders.keySet());
        numbers.addAll(refunds.keySet());
        SortedMap<OrderNumber, OrderFile> files = new TreeMap<>();
        numbers.forEach(number -> files.put(number, file(number)));
        return files;
    }

    TradeRows with(TradeChange change) {
        SortedMap<OrderNumber, Order> nextOrders = new TreeMap<>(orders);
        change.placed().forEach(order -> nextOrders.put(order.number(), order));
        change.replaced().forEach(order -> nextOrders.put(order.number(), order));
        SortedMap<OrderNumber, List<Refund>> nextRefunds = new TreeMap<>(refunds);
        for (Refund refund : change.refunds()) {
            nextRefunds.merge(refund.order(), List.of(refund), TradeRows::together);
        }
        TradeSums added = plus(sums, change.added());
        return new TradeRows(
                change.after(), nextOrders, nextRefunds, change.isAdding() ? added : spanned(added, nextOrders));
    }

    TradeRows restated(TradeSums right) {
        return new TradeRows(new TradeHead(head.eventSeq(), right.pendingRefunds()), orders, refunds, right);
    }

    private static List<Refund> together(List<Refund> some, List<Refund> more) {
        return Stream.concat(some.stream(), more.stream())
                .sorted(Comparator.comparing(Refund::number))
                .toList();
    }

    private static TradeSums plus(TradeSums sums, TradeSums added) {
        Map<String, TradeTotal> totals = new TreeMap<>();
        Stream.concat(sums.totals().stream(), added.totals().stream())
                .forEach(total -> totals.merge(total.currency().getCode(), total, TradeTotal::plus));
        Map<TradeBucket, TradeFigures> buckets = new TreeMap<>(TradeSums.BUCKETS);
        Stream.concat(sums.buckets().stream(), added.buckets().stream())
                .forEach(bucket -> buckets.merge(bucket, bucket.figures(), TradeFigures::plus));
        return new TradeSums(
                totals.values().stream().filter(total -> !total.isZero()).toList(),
                buckets.entrySet().stream()
                        .filter(bucket -> !bucket.getValue().isZero())
                        .map(bucket -> new TradeBucket(
                                bucket.getKey().currency(),
                                bucket.getKey().dimension(),
                                bucket.getKey().key(),
                                bucket.getValue()))
                        .toList());
    }

    private static TradeSums spanned(TradeSums sums, SortedMap<OrderNumber, Order> orders) {
        List<TradeTotal> totals = sums.totals().stream()
                .map(total -> {
                    var instants = orders.values().stream()
                            .filter(order ->
                                    !order.cancelled() && order.currency().equals(total.currency()))
                            .map(Order::occurredAt)
                            .sorted()
                            .toList();
                    return instants.isEmpty()
                            ? total.between(null, null)
                            : total.between(instants.get(0), instants.get(instants.size() - 1));
                })
                .toList();
        return new TradeSums(totals, sums.buckets());
    }
}
