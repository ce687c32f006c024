package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import java.util.List;

/**
 * An order with its lines and refunds. Immutable.
 *
 * @param order its latest revision
 * @param refunds its refunds by number, those in another currency included
 */
public record OrderDetails(Order order, List<Refund> refunds) {
    /** Copies the list. */
    public OrderDetails {
        Check.present(order, "order");
        refunds = List.copyOf(refunds);
    }

    /** The order without its lines, and what was refunded of it. */
    public OrderSummary summary() {
        OrderHead head = order.head();
        return new OrderSummary(head, new OrderFile(head, refunds).refunded(head.currency()));
    }
}
