package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import java.math.BigDecimal;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The part of a customer's trade in one currency that falls into one month, day, store, channel or category. Immutable.
 *
 * @param key the month, day or code
 * @param figures what it comes to
 */
public record TradeBucket(CurrencyUnit currency, Dimension dimension, String key, TradeFigures figures) {
    /** Refuses what is missing. */
    public TradeBucket {
        Check.present(currency, "currency");
        Check.present(dimension, "dimension");
        Check.present(key, "key of a bucket");
        Check.present(figures, "figures");
    }

    /** What its orders came to, before refunds. */
    public Money amount() {
        return Amounts.of(currency, figures.amountMinor());
    }

    /** What its refunds came to. */
    public Money refunded() {
        return Amounts.of(currency, figures.refundedMinor());
    }

    /** The quantities bought, before refunds, with three decimals. */
    public BigDecimal units() {
        return Quantity.ofMilli(figures.unitsMilli());
    }
}
