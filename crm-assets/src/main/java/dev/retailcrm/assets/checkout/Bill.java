package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * What an order costs, and what pays for it. Immutable.
 *
 * @param lines in the order of the basket
 * @param coupons those used, in the order in which they were taken off
 * @param points how many points are used
 * @param principal stored value used that was paid for
 * @param bonus stored value used that was given on top
 * @param cards the gift cards used, and how much of each
 */
public record Bill(
        CurrencyUnit currency,
        List<BillLine> lines,
        List<UsedCoupon> coupons,
        long points,
        Money principal,
        Money bonus,
        List<UsedCard> cards) {
    /** Copies the lists. */
    public Bill {
        lines = List.copyOf(lines);
        coupons = List.copyOf(coupons);
        cards = List.copyOf(cards);
    }

    /**
     * A coupon used.
     *
     * @param off what it took off
     */
    public record UsedCoupon(CouponId coupon, CouponTemplate.Version template, Money off) {}

    /**
     * A gift card used.
     *
     * @param card its id
     * @param amount how much of it, above zero
     */
    public record UsedCard(CustomerId card, Money amount) {}

    private Money sum(Function<BillLine, Money> part) {
        return lines.stream().map(part).reduce(Money.zero(currency), Money::plus);
    }

    /** Before discounts. */
    public Money gross() {
        return sum(BillLine::gross);
    }

    /** After discounts. */
    public Money net() {
        return sum(BillLine::net);
    }

    /** What points pay. */
    public Money pointsValue() {
        return sum(BillLine::points);
    }

    /** What stored value pays. */
    public Money storedValue() {
        return sum(BillLine::storedValue);
    }

    /** What gift cards pay. */
    public Money giftCards() {
        return sum(BillLine::giftCards);
    }

    /** What is paid in money. */
    public Money due() {
        return sum(BillLine::due);
    }
}
