package dev.retailcrm.core.trade;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeChange;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.joda.money.Money;

/**
 * Decides about orders and refunds of one customer, one after the other, and collects what is to be written. A refusal leaves the
 * draft as it was. Not thread-safe; used by one command.
 */
final class TradeDraft {
    private final TenantId tenant;
    private final CustomerId customer;
    private final TradeHead before;
    private final Instant at;
    private final Function<OrderNumber, Order> stored;
    private final ZoneId zone;
    private final Map<OrderNumber, OrderFile> known;
    private final Map<OrderNumber, OrderFile> files;
    private final Map<OrderNumber, Order> placed = new LinkedHashMap<>(2);
    private final Map<OrderNumber, Order> replaced = new LinkedHashMap<>(0);
    private final List<Refund> refunds = new ArrayList<>(1);
    private final List<EventEnvelope> events = new ArrayList<>(1);

    /**
     * Starts with what is known.
     *
     * @param files what is known under the numbers to be decided about; nothing is known of those that are absent
     * @param stored finds an order that is to be replaced
     * @param at when the decisions are made
     */
    TradeDraft(
            TenantId tenant,
            CustomerId customer,
            TradeHead before,
            Map<OrderNumber, OrderFile> files,
            Function<OrderNumber, Order> stored,
            ZoneId zone,
            Instant at) {
        this.tenant = tenant;
        this.customer = customer;
        this.before = before;
        this.known = files;
        this.files = new HashMap<>(files);
        this.stored = stored;
        this.zone = zone;
        this.at = at;
    }

    /** Takes an order, unless it or a later revision is known; answers with what is kept then. */
    OrderSummary record(Order order) {
        OrderFile file = file(order.number());
        OrderHead head = order.head();
        OrderHead latest = file.order();
        if (latest != null && latest.revision() >= head.revision()) {
            if (latest.revision() == head.revision() && latest.fingerprint() != head.fingerprint()) {
                throw CoreError.ORDER_NUMBER_REUSED.because(
                        "revision %d of the order was recorded with other content", head.revision());
            }
            return summary(latest, file);
        }
        place(order, known.getOrDefault(order.number(), OrderFile.EMPTY));
        var next = new OrderFile(head, file.refunds());
        files.put(order.number(), next);
        OrderSummary kept = summary(head, next);
        tell(new OrderRecorded(customer, kept, at));
        return kept;
    }

    private void place(Order order, OrderFile stands) {
        OrderNumber number = order.number();
        if (stands.order() == null) {
            placed.put(number, order);
        } else {
            replaced.put(number, order);
        }
    }

    /** Takes a refund, unless it is known. */
    RefundSummary refund(Refund refund) {
        OrderFile file = file(refund.order());
        Refund earlierOne = file.refund(refund.number()).orElse(null);
        if (earlierOne != null) {
            if (earlierOne.fingerprint() != refund.fingerprint()) {
                throw CoreError.ORDER_NUMBER_REUSED.because("the refund was recorded with other content");
            }
            return new RefundSummary(earlierOne, file.isPending(earlierOne));
        }
        requireRefundable(refund, file);
        List<Refund> all = new ArrayList<>(file.refunds());
        all.add(refund);
        var next = new OrderFile(file.order(), all);
        boolean waits = next.isPending(refund);
        refunds.add(refund);
        files.put(refund.order(), next);
        tell(new OrderRefunded(refund, waits, at));
        return new RefundSummary(refund, waits);
    }

    private static void requireRefundable(Refund refund, OrderFile file) {
        OrderHead order = file.order();
        if (order == null) {
            return;
        }
        Money refundable = order.currency().equals(refund.amount().getCurrencyUnit())
                ? order.refundable().minus(file.refunded(order.currency()))
                : Money.zero(refund.amount().getCurrencyUnit());
        if (refund.amount().isGreaterThan(refundable)) {
            Money left = refundable.isNegative() ? Money.zero(refundable.getCurrencyUnit()) : refundable;
            throw CoreError.REFUND_EXCEEDS_ORDER.with(
                    Map.of("refundable", left, "missing", refund.amount().minus(left)),
                    "%s requested, %s of the order can be refunded",
                    refund.amount(),
                    left);
        }
    }

    /** What is to be written. */
    TradeChange change() {
        TradeSums added = added();
        var after = new TradeHead(
                before.eventSeq() + events.size(), before.pendingRefunds() + added.pendingRefunds(), before.movedTo());
        return new TradeChange(
                tenant,
                customer,
                before,
                after,
                List.copyOf(placed.values()),
                List.copyOf(replaced.values()),
                refunds,
                added,
                events);
    }

    /** What the facts contribute now, less what they contributed before. */
    private TradeSums added() {
        var tally = new Tally(zone);
        placed.values().forEach(tally::add);
        replaced.keySet().stream().map(stored).forEach(tally::take);
        replaced.values().forEach(tally::add);
        files.forEach((number, file) -> {
            OrderFile stood = known.getOrDefault(number, OrderFile.EMPTY);
            stood.refunds().stream()
                    .filter(refund -> stood.isPending(refund) != file.isPending(refund))
                    .forEach(refund -> {
                        tally.take(refund, stood.isPending(refund));
                        tally.add(refund, file.isPending(refund));
                    });
        });
        refunds.forEach(refund -> tally.add(refund, file(refund.order()).isPending(refund)));
        return tally.sums();
    }

    /** How many orders and refunds were taken that were not known. */
    int decisions() {
        return events.size();
    }

    /** What is known under a number by now. */
    OrderFile file(OrderNumber number) {
        return files.getOrDefault(number, OrderFile.EMPTY);
    }

    private static OrderSummary summary(OrderHead head, OrderFile file) {
        return new OrderSummary(head, file.refunded(head.currency()));
    }

    private void tell(DomainEvent event) {
        long seq = before.eventSeq() + events.size() + 1;
        events.add(EventEnvelope.of(tenant, EventEnvelope.TRADE, seq, event));
    }
}
