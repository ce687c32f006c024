package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an order beside its lines; see {@link Order} for the ranges. Immutable.
 *
 * @param amount the sum of its lines, cancelled or not
 * @param units the sum of the quantities of its lines, with three decimals
 * @param lines how many lines it has
 * @param fingerprint a hash of its content
 */
public record OrderHead(
        OrderNumber number,
        long revision,
        Instant occurredAt,
        @Nullable String channel,
        @Nullable StoreId store,
        Money amount,
        BigDecimal units,
        int lines,
        boolean cancelled,
        long fingerprint) {
    /** Refuses what is missing. */
    public OrderHead {
        Check.present(number, "number of an order");
        Check.positive(revision, "revision");
        Check.present(occurredAt, "instant of an order");
        Check.present(amount, "amount of an order");
        Check.present(units, "units of an order");
        Check.positive(lines, "number of lines");
    }

    /** The currency it was paid in. */
    public CurrencyUnit currency() {
        return amount.getCurrencyUnit();
    }

    /** The most that may be refunded: its amount, or zero if it is cancelled. */
    public Money refundable() {
        return cancelled ? Money.zero(currency()) : amount;
    }

    /** The sum of the quantities in thousandths of a unit. */
    public long unitsMilli() {
        return units.unscaledValue().longValueExact();
    }
}
