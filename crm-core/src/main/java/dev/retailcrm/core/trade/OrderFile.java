package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * All that is known under one order number: the order, if it arrived, and its refunds. A refund counts if the order is known in its
 * currency, else it is pending. Immutable.
 *
 * @param order the order; {@code null} if only refunds arrived
 * @param refunds its refunds by number
 */
public record OrderFile(@Nullable OrderHead order, List<Refund> refunds) {
    /** Nothing is known. */
    public static final OrderFile EMPTY = new OrderFile(null, List.of());

    /** Copies the list. */
    public OrderFile {
        refunds = List.copyOf(refunds);
    }

    /** The order; empty if only refunds arrived. */
    public Optional<OrderHead> arrived() {
        return Optional.ofNullable(order);
    }

    /** Whether a refund waits for its order. */
    public boolean isPending(Refund refund) {
        return order == null
                || !order.currency()
                        .equals(Check.present(refund, "refund").amount().getCurrencyUnit());
    }

    /** The sum of the refunds in this currency. */
    public Money refunded(CurrencyUnit currency) {
        return Amounts.of(
                currency,
                refunds.stream()
                        .filter(refund -> refund.amount().getCurrencyUnit().equals(currency))
                        .mapToLong(refund -> refund.amount().getAmountMinorLong())
                        .sum());
    }

    /** The refund with this number; empty if it did not arrive. */
    public Optional<Refund> refund(String number) {
        return refunds.stream().filter(refund -> refund.number().equals(number)).findFirst();
    }
}
