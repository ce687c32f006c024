package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeSums;
import java.util.List;

/**
 * The decision of a command about one customer's trade: what is to be written. Immutable.
 *
 * @param before the head as it was locked
 * @param after the head as it is to be
 * @param placed orders that are new
 * @param replaced orders that take the place of earlier revisions
 * @param refunds refunds that are new
 * @param added what is added to the statistics, or taken away where it is negative
 * @param events what is told of it
 */
public record TradeChange(
        TenantId tenant,
        CustomerId customer,
        TradeHead before,
        TradeHead after,
        List<Order> placed,
        List<Order> replaced,
        List<Refund> refunds,
        TradeSums added,
        List<EventEnvelope> events) {
    /** Copies the lists. */
    public TradeChange {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.present(before, "head before");
        Check.present(after, "head after");
        placed = List.copyOf(placed);
        replaced = List.copyOf(replaced);
        refunds = List.copyOf(refunds);
        Check.present(added, "sums");
        events = List.copyOf(events);
    }

    /** Whether nothing is to be written. */
    public boolean isEmpty() {
        return placed.isEmpty() && replaced.isEmpty() && refunds.isEmpty();
    }

    /** Whether it only adds: nothing is replaced, and no sum gets smaller. */
    public boolean isAdding() {
        return replaced.isEmpty() && !added.isTaking();
    }
}
