package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Part;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * The answer to a command about money: what was booked, by part. A repetition of the command gets an equal one. Immutable.
 *
 * @param amount what it added to the balance
 * @param principal the part of it that is principal
 * @param bonus the part of it that is bonus
 * @param balance the balance as booked after it
 * @param booking the ledger line and what it did to each lot
 */
public record MoneyBooking(Money amount, Money principal, Money bonus, Money balance, Booking booking) {
    static MoneyBooking of(Booking booking, CurrencyUnit currency) {
        return new MoneyBooking(
                Money.ofMinor(currency, booking.entry().amount()),
                Money.ofMinor(currency, booking.amountOf(Part.PRINCIPAL)),
                Money.ofMinor(currency, booking.amountOf(Part.BONUS)),
                Money.ofMinor(currency, booking.entry().balanceAfter()),
                booking);
    }

    /** The number of the hold it placed or ended; 0 if none. */
    public long holdNo() {
        return booking.holdNo();
    }
}
