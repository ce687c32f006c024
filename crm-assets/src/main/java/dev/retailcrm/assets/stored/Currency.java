package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Turns money of one currency into its smallest units, refusing any other. Immutable. */
record Currency(CurrencyUnit unit) {
    long minor(Money money) {
        if (!Check.present(money, "money").getCurrencyUnit().equals(unit)) {
            throw AssetError.WRONG_CURRENCY.because(
                    "the account is in %s, the money in %s", unit, money.getCurrencyUnit());
        }
        if (money.getAmountMinor().precision() > 18) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("more than an account can hold");
        }
        return money.getAmountMinorLong();
    }
}
