package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import org.joda.money.Money;

/**
 * An order as it is kept, and what was refunded of it. Immutable.
 *
 * @param order its latest revision
 * @param refunded the sum of its refunds in its currency
 */
public record OrderSummary(OrderHead order, Money refunded) {
    /** Refuses what is missing. */
    public OrderSummary {
        Check.present(order, "order");
        Check.present(refunded, "refunded amount");
    }

    /** The host's number. */
    public OrderNumber number() {
        return order.number();
    }

    /**
     * Whether more was refunded than was paid. That is refused once the order is known, so it takes refunds that came before their order,
     * or a revision that lowered or cancelled it.
     */
    public boolean isOverRefunded() {
        return refunded.isGreaterThan(order.refundable());
    }
}
