package dev.retailcrm.assets.stored;

import dev.retailcrm.core.kernel.CustomerId;
import org.joda.money.Money;

/**
 * The answer to a command about the value on a gift card. A repetition of the command gets an equal one. Immutable.
 *
 * @param card the card, needed to refund it
 * @param booked what was booked on it
 */
public record GiftCardBooking(CustomerId card, MoneyBooking booked) {
    /** What it added to the card's balance; below zero for a use. */
    public Money amount() {
        return booked.amount();
    }

    /** The card's balance after it. */
    public Money balance() {
        return booked.balance();
    }
}
