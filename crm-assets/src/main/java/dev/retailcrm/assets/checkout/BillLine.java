package dev.retailcrm.assets.checkout;

import java.math.BigDecimal;
import java.util.List;
import org.joda.money.Money;

/**
 * What a line of an order costs, and what pays for it. Immutable. The gross amount less all discounts is the sum of what pays.
 *
 * @param no names the line
 * @param sku the article
 * @param quantity in units
 * @param gross before discounts
 * @param discounts in the order they were taken off: the host's, those of members, those of coupons by their template's key
 * @param points what points pay
 * @param storedValue what stored value pays
 * @param giftCards what gift cards pay
 * @param due what is paid in money
 */
public record BillLine(
        int no,
        String sku,
        BigDecimal quantity,
        LineKind kind,
        Money gross,
        List<LineDiscount> discounts,
        Money points,
        Money storedValue,
        Money giftCards,
        Money due) {
    /** Copies the list. */
    public BillLine {
        discounts = List.copyOf(discounts);
    }

    /** What is left after discounts. */
    public Money net() {
        return points.plus(storedValue).plus(giftCards).plus(due);
    }

    long netMinor() {
        return net().getAmountMinorLong();
    }

    /** What pays, in the smallest unit, in the order in which refunds give back: points, stored value, gift cards, money. */
    long[] tenders() {
        return new long[] {
            points.getAmountMinorLong(),
            storedValue.getAmountMinorLong(),
            giftCards.getAmountMinorLong(),
            due.getAmountMinorLong()
        };
    }
}
