package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What a customer has bought in one currency, by the facts that arrived so far. Cancelled orders count for nothing. Immutable.
 *
 * @param total sums, first and last instant
 * @param purchaseDays on how many days of the retailer she bought
 * @param stores in how many stores
 * @param channels through how many channels
 * @param categories in how many categories
 */
public record TradeStatistics(TradeTotal total, long purchaseDays, long stores, long channels, long categories) {
    /** Refuses what is missing. */
    public TradeStatistics {
        Check.present(total, "total");
    }

    /** Those of a customer who has not bought in a currency. */
    public static TradeStatistics none(CurrencyUnit currency) {
        return new TradeStatistics(TradeTotal.none(currency), 0, 0, 0, 0);
    }

    /** The currency. */
    public CurrencyUnit currency() {
        return total.currency();
    }

    /** How many orders. */
    public long orders() {
        return total.figures().orders();
    }

    /** What they came to, before refunds. */
    public Money amount() {
        return minor(total.figures().amountMinor());
    }

    /** How many refunds of orders that are known. */
    public long refunds() {
        return total.figures().refunds();
    }

    /** What those came to. */
    public Money refunded() {
        return minor(total.figures().refundedMinor());
    }

    /** Refunds that came before their orders: they are in no other figure until the order comes. */
    public Money pendingRefunded() {
        return minor(total.pendingMinor());
    }

    /** What she bought less what was refunded; less than zero if more was refunded. */
    public Money net() {
        return amount().minus(refunded());
    }

    /** The quantities bought, before refunds, with three decimals. */
    public BigDecimal units() {
        return Quantity.ofMilli(total.figures().unitsMilli());
    }

    /** The amount of an order on average, before refunds, rounded half up to the currency's smallest unit; empty without orders. */
    public Optional<Money> average() {
        return orders() == 0 ? Optional.empty() : Optional.of(amount().dividedBy(orders(), RoundingMode.HALF_UP));
    }

    /** When the earliest order was bought; empty without orders. */
    public Optional<Instant> firstOrderAt() {
        return Optional.ofNullable(total.first());
    }

    /** When the latest order was bought; empty without orders. */
    public Optional<Instant> lastOrderAt() {
        return Optional.ofNullable(total.last());
    }

    private Money minor(long amount) {
        return Amounts.of(currency(), amount);
    }
}
