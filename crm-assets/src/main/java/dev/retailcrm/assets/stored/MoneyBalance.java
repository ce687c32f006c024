package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Balance;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Stored value at an instant. Immutable.
 *
 * @param available can be spent
 * @param pending becomes available later
 * @param held reserved by holds whose time is not over
 * @param debt owed
 */
public record MoneyBalance(Money available, Money pending, Money held, Money debt) {
    static MoneyBalance of(Balance balance, CurrencyUnit currency) {
        return new MoneyBalance(
                Money.ofMinor(currency, balance.available()),
                Money.ofMinor(currency, balance.pending()),
                Money.ofMinor(currency, balance.held()),
                Money.ofMinor(currency, balance.debt()));
    }

    /** All that counts: available + pending + held − debt. */
    public Money total() {
        return available.plus(pending).plus(held).minus(debt);
    }
}
