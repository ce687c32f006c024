package dev.retailcrm.assets.checkout;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderDetails;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Trade;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Records settled orders and their refunds as trade, under the number of the order in a source. Lines that are {@link LineKind#EXCLUDED} are no trade:
 * what they sell pays for goods later. What the host recorded under that number itself stands, and its refunds are the host's too. Immutable.
 */
record TradeRecord(Trade trade, String source) {
    TradeRecord {
        Check.present(trade, "trade");
        OrderNumber.of(source, "1");
    }

    private OrderNumber number(SettledOrder order) {
        return OrderNumber.of(source, order.number());
    }

    /** The order as it is recorded; {@code null} if there is nothing to record. */
    @Nullable
    Order order(SettledOrder settled, Basket basket) {
        Map<Integer, BasketLine> sold = new HashMap<>();
        basket.lines().forEach(it -> sold.put(it.no(), it));
        List<OrderLine> lines = new ArrayList<>();
        for (BillLine paid : settled.bill().lines()) {
            if (counts(paid)) {
                lines.add(line(paid, sold.get(paid.no())));
            }
        }
        if (lines.isEmpty()) {
            return null;
        }
        Order order = Order.of(settled.customer(), number(settled), settled.at(), lines);
        Order there = settled.store() == null ? order : order.in(settled.store());
        return basket.channel().map(there::through).orElse(there);
    }

    private static OrderLine line(BillLine paid, @Nullable BasketLine sold) {
        OrderLine line = OrderLine.of(paid.sku(), paid.net()).quantity(paid.quantity());
        if (sold == null) {
            return line;
        }
        OrderLine sorted =
                sold.categories().size() == 1 ? line.category(sold.categories().first()) : line;
        return sold.brand().map(sorted::brand).orElse(sorted);
    }

    private static boolean counts(BillLine line) {
        return line.kind() != LineKind.EXCLUDED;
    }

    void record(Order order) {
        try {
            trade.record(order);
        } catch (CrmException refusal) {
            if (refusal.code() != CoreError.ORDER_NUMBER_REUSED) {
                throw refusal;
            }
        }
    }

    /**
     * What is recorded of the last refund of an order; empty if that is nothing, or the order was not recorded by the checkout.
     *
     * @param customer who has the order by now
     * @throws CrmException {@link CoreError#REFUND_EXCEEDS_ORDER} if others refunded it too
     */
    Optional<dev.retailcrm.core.trade.Refund> refund(
            CustomerId customer, SettledOrder after, SortedMap<Integer, Long> returned, Instant at) {
        long minor = 0;
        BigDecimal units = BigDecimal.ZERO;
        SortedMap<Integer, Long> all = after.givenBack().lines();
        for (BillLine line : after.bill().lines()) {
            if (counts(line) && returned.containsKey(line.no())) {
                minor += returned.get(line.no());
                boolean whole = all.getOrDefault(line.no(), 0L) == line.netMinor();
                units = whole ? units.add(line.quantity()) : units;
            }
        }
        Optional<OrderDetails> known = minor == 0
                ? Optional.empty()
                : trade.order(customer, number(after)).filter(it -> isOurs(it, after));
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Money amount = Money.ofMinor(after.bill().currency(), minor);
        Money left = known.get().order().amount().minus(known.get().summary().refunded());
        if (amount.isGreaterThan(left)) {
            throw CoreError.REFUND_EXCEEDS_ORDER.because("%s is left of the order as trade, not %s", left, amount);
        }
        return Optional.of(dev.retailcrm.core.trade.Refund.of(
                        customer, number(after), "checkout-" + after.refunds().size(), at, amount)
                .units(units));
    }

    /** Whether an order was recorded as it was settled, and not changed since. */
    private static boolean isOurs(OrderDetails known, SettledOrder settled) {
        Order order = known.order();
        List<BillLine> paid =
                settled.bill().lines().stream().filter(TradeRecord::counts).toList();
        boolean same = order.revision() == 1
                && !order.cancelled()
                && order.occurredAt().equals(settled.at())
                && order.lines().size() == paid.size();
        for (int i = 0; same && i < paid.size(); i++) {
            OrderLine line = order.lines().get(i);
            same = line.sku().equals(paid.get(i).sku())
                    && line.amount().equals(paid.get(i).net());
        }
        return same;
    }
}
