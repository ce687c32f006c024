package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Amounts of orders and refunds in the currency's smallest unit. Stateless. */
final class Amounts {
    /** The most one order or refund may come to, in the currency's smallest unit. */
    static final long MAX_MINOR = 10_000_000_000_000L;

    /** More digits before the point would not fit into 64 bits in every currency. */
    private static final int MAX_DIGITS = 14;

    private Amounts() {}

    /** The amount in the smallest unit; refuses less than {@code min} and more than an order may come to. */
    static long toMinor(Money amount, long min, String name) {
        Money given = Check.present(amount, name);
        boolean small = given.getAmount().precision() - given.getScale() <= MAX_DIGITS;
        return requireInRange(small ? given.getAmountMinorLong() : Long.MAX_VALUE, min, name);
    }

    static long requireInRange(long minor, long min, String name) {
        if (minor < min || minor > MAX_MINOR) {
            throw CoreError.INVALID_VALUE.because(
                    "%s must be %d to %d of the currency's smallest unit", name, min, MAX_MINOR);
        }
        return minor;
    }

    static Money of(CurrencyUnit currency, long minor) {
        return Money.ofMinor(currency, minor);
    }
}
