package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.checkout.Bill.UsedCoupon;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/**
 * Lets assets pay for a basket after all discounts: points for goods, then stored value and gift cards for all but {@link LineKind#EXCLUDED}, then
 * money. Each falls on the lines it may pay for in proportion to what is left of them, the remainder by
 * {@link Proportion#split largest remainder}. Pure; for one basket.
 */
final class Pricing {
    private final Basket basket;
    private final CurrencyUnit currency;
    private final long[] left;
    private long[] byPoints;
    private long[] byStored;
    private long[] byCards;

    Pricing(Basket basket) {
        this.basket = basket;
        this.currency = basket.currency();
        this.left = basket.lines().stream()
                .mapToLong(line -> line.net().getAmountMinorLong())
                .toArray();
        this.byPoints = new long[left.length];
        this.byStored = new long[left.length];
        this.byCards = new long[left.length];
    }

    /** What points may pay by now. */
    long payableByPoints() {
        return Arrays.stream(weights(line -> line.kind() == LineKind.GOODS)).sum();
    }

    /** What stored value and gift cards may pay by now. */
    long payable() {
        return Arrays.stream(weights(Pricing::isIncluded)).sum();
    }

    void payByPoints(long amount) {
        byPoints = pay(amount, line -> line.kind() == LineKind.GOODS);
    }

    void payByStored(long amount) {
        byStored = pay(amount, Pricing::isIncluded);
    }

    void payByCards(long amount) {
        byCards = pay(amount, Pricing::isIncluded);
    }

    private long[] weights(Predicate<BasketLine> payable) {
        long[] weights = left.clone();
        for (int i = 0; i < weights.length; i++) {
            weights[i] = payable.test(basket.lines().get(i)) ? weights[i] : 0;
        }
        return weights;
    }

    /** Lets an amount pay for these lines, no more than is left of them. */
    private long[] pay(long amount, Predicate<BasketLine> payable) {
        long[] parts = Proportion.split(amount, weights(payable));
        for (int i = 0; i < parts.length; i++) {
            left[i] -= parts[i];
        }
        return parts;
    }

    private static boolean isIncluded(BasketLine line) {
        return line.kind() != LineKind.EXCLUDED;
    }

    /** What it comes to; what is left of the lines is due. */
    Bill bill(List<CouponChoice.Used> coupons, long points, long principal, long bonus, List<UsedCard> cards) {
        List<BillLine> lines = new ArrayList<>();
        for (int i = 0; i < left.length; i++) {
            BasketLine line = basket.lines().get(i);
            lines.add(new BillLine(
                    line.no(),
                    line.sku(),
                    line.quantity(),
                    line.kind(),
                    line.gross(),
                    line.discounts(),
                    money(byPoints[i]),
                    money(byStored[i]),
                    money(byCards[i]),
                    money(left[i])));
        }
        List<UsedCoupon> used = coupons.stream()
                .map(it -> new UsedCoupon(
                        it.candidate().coupon().id(),
                        it.candidate().template().id(),
                        it.worth().total()))
                .toList();
        return new Bill(currency, lines, used, points, money(principal), money(bonus), cards);
    }

    private Money money(long minor) {
        return Money.ofMinor(currency, minor);
    }

    /** A basket with the tenders of its bill, as what it earns is worked out of. */
    static Purchase purchase(Basket basket, Bill bill) {
        return Purchase.of(basket)
                .paid(TenderKind.POINTS, byLine(bill, line -> line.points().getAmountMinorLong()))
                .paid(
                        TenderKind.STORED_VALUE,
                        byLine(bill, line -> line.storedValue().getAmountMinorLong()))
                .paid(
                        TenderKind.GIFT_CARD,
                        byLine(bill, line -> line.giftCards().getAmountMinorLong()));
    }

    private static SortedMap<Integer, Long> byLine(Bill bill, ToLongFunction<BillLine> part) {
        SortedMap<Integer, Long> parts = new TreeMap<>();
        bill.lines().forEach(line -> parts.put(line.no(), part.applyAsLong(line)));
        return parts;
    }
}
