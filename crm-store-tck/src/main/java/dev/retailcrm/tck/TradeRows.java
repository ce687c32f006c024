package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
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
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All trade of one customer. Immutable.
 *
 * @param orders by number
 * @param refunds by order number, each list by the refund's number
 * @param origins whose what is known under a number was before customers were merged, the first first
 */
record TradeRows(
        TradeHead head,
        SortedMap<OrderNumber, Order> orders,
        SortedMap<OrderNumber, List<Refund>> refunds,
        SortedMap<OrderNumber, List<CustomerId>> origins,
        TradeSums sums) {
    static final TradeRows OPENED = new TradeRows(
            TradeHead.OPENED, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TradeSums(List.of(), List.of()));

    TradeRows {
        orders = Collections.unmodifiableSortedMap(orders);
        refunds = Collections.unmodifiableSortedMap(refunds);
        origins = Collections.unmodifiableSortedMap(origins);
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
                change.after(),
                nextOrders,
                nextRefunds,
                origins,
                change.isAdding() ? added : spanned(added, nextOrders));
    }

    TradeRows restated(TradeSums right) {
        return new TradeRows(
                new TradeHead(head.eventSeq(), right.pendingRefunds(), head.movedTo()),
                orders,
                refunds,
                origins,
                right);
    }

    TradeRows movedTo(@Nullable CustomerId survivor) {
        return new TradeRows(
                new TradeHead(head.eventSeq(), head.pendingRefunds(), survivor), orders, refunds, origins, sums);
    }

    /** The numbers under which anything came last from this customer. */
    List<OrderNumber> cameFrom(CustomerId customer) {
        return files().keySet().stream()
                .filter(number -> {
                    List<CustomerId> from = origins.getOrDefault(number, List.of());
                    return !from.isEmpty() && from.get(from.size() - 1).equals(customer);
                })
                .toList();
    }

    TradeRows without(Collection<OrderNumber> numbers) {
        SortedMap<OrderNumber, Order> nextOrders = new TreeMap<>(orders);
        SortedMap<OrderNumber, List<Refund>> nextRefunds = new TreeMap<>(refunds);
        SortedMap<OrderNumber, List<CustomerId>> nextOrigins = new TreeMap<>(origins);
        nextOrders.keySet().removeAll(numbers);
        nextRefunds.keySet().removeAll(numbers);
        nextOrigins.keySet().removeAll(numbers);
        return new TradeRows(head, nextOrders, nextRefunds, nextOrigins, sums);
    }

    /** With what another customer has under these numbers. */
    TradeRows with(
            CustomerId owner, TradeRows others, Collection<OrderNumber> numbers, UnaryOperator<List<CustomerId>> from) {
        SortedMap<OrderNumber, Order> nextOrders = new TreeMap<>(orders);
        SortedMap<OrderNumber, List<Refund>> nextRefunds = new TreeMap<>(refunds);
        SortedMap<OrderNumber, List<CustomerId>> nextOrigins = new TreeMap<>(origins);
        for (OrderNumber number : numbers) {
            Order order = others.orders.get(number);
            if (order != null) {
                nextOrders.put(number, order.of(owner));
            }
            List<Refund> hers = others.refunds.get(number);
            if (hers != null) {
                nextRefunds.put(number, hers.stream().map(it -> it.of(owner)).toList());
            }
            List<CustomerId> origin = from.apply(others.origins.getOrDefault(number, List.of()));
            if (!origin.isEmpty()) {
                nextOrigins.put(number, origin);
            }
        }
        return new TradeRows(head, nextOrders, nextRefunds, nextOrigins, sums);
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
