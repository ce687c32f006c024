package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Amounts of orders and refunds in the currency's smallest unit. Stateless. */
final class Amounts {
    /** The most one order or refund may come to, in the currency's smallest unit. */
    static final long MAX_MINOR = 10_000_000_000_000L;

    private Amounts() {}

    /** The amount in the smallest unit; refuses less than {@code min} and more than an order may come to. */
    static long toMinor(Money amount, long min, String name) {
        Money given = Check.present(amount, name);
        if (given.compareTo(of(given.getCurrencyUnit(), min)) < 0
                || given.compareTo(of(given.getCurrencyUnit(), MAX_MINOR)) > 0) {
            throw CoreError.INVALID_VALUE.because(
                    "%s must be %d to %d of the currency's smallest unit", name, min, MAX_MINOR);
        }
        return given.getAmountMinorLong();
    }

    static Money of(CurrencyUnit currency, long minor) {
        return Money.ofMinor(currency, minor);
    }
}
