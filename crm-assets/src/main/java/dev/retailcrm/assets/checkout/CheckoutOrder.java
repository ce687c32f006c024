package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a customer wants to buy and with what she wants to pay, as far as that is assets: wishes, of which the checkout uses what it may. What no asset
 * pays is due in money. Immutable; start from {@link #of} and add what is wanted.
 */
public final class CheckoutOrder {
    /** The most characters of a number. */
    public static final int MAX_NUMBER = 50;

    /** The most gift cards of an order. */
    public static final int MAX_CARDS = 5;

    /** The most coupons of an order. */
    public static final int MAX_COUPONS = 100;

    private static final long ALL = Long.MAX_VALUE;

    private final String number;
    private final Basket basket;
    private final boolean best;
    private final List<CouponId> coupons;
    private final long points;
    private final long storedMinor;
    private final List<PresentedCard> cards;
    private final @Nullable Money expected;

    private CheckoutOrder(
            String number,
            Basket basket,
            boolean best,
            List<CouponId> coupons,
            long points,
            long storedMinor,
            List<PresentedCard> cards,
            @Nullable Money expected) {
        this.number = number;
        this.basket = basket;
        this.best = best;
        this.coupons = coupons;
        this.points = points;
        this.storedMinor = storedMinor;
        this.cards = cards;
        this.expected = expected;
    }

    /**
     * A basket, with no asset used.
     *
     * @param number the order's, unique among those of the tenant and for ever, 1 to {@value #MAX_NUMBER} printable ASCII characters
     * @param basket the goods at the prices of the till, with the discounts that are the host's own
     */
    public static CheckoutOrder of(String number, Basket basket) {
        return new CheckoutOrder(
                Check.code(number, MAX_NUMBER, "number of an order"),
                Check.present(basket, "basket"),
                false,
                List.of(),
                0,
                0,
                List.of(),
                null);
    }

    /** The same with whichever of her coupons together take off most. */
    public CheckoutOrder bestCoupons() {
        return new CheckoutOrder(number, basket, true, List.of(), points, storedMinor, cards, expected);
    }

    /** The same with these of her coupons, at most {@value #MAX_COUPONS}, as far as they take something off together. */
    public CheckoutOrder coupons(Collection<CouponId> chosen) {
        Check.present(chosen, "coupons").forEach(it -> Check.present(it, "coupon"));
        List<CouponId> sorted = List.copyOf(new TreeSet<>(chosen));
        Check.range(sorted.size(), 0, MAX_COUPONS, "number of coupons");
        return new CheckoutOrder(number, basket, false, sorted, points, storedMinor, cards, expected);
    }

    /**
     * The same with at most so many points.
     *
     * @param atMost zero or more
     */
    public CheckoutOrder points(long atMost) {
        if (atMost < 0) {
            throw CoreError.INVALID_VALUE.because("points must be zero or more");
        }
        return new CheckoutOrder(number, basket, best, coupons, atMost, storedMinor, cards, expected);
    }

    /** The same with as many points as can be used. */
    public CheckoutOrder allPoints() {
        return points(ALL);
    }

    /**
     * The same with at most so much stored value.
     *
     * @param atMost zero or more, in the currency of the basket
     * @throws CrmException {@link AssetError#WRONG_CURRENCY}
     */
    public CheckoutOrder storedValue(Money atMost) {
        long minor = BasketLine.minor(atMost, 0, "stored value");
        requireCurrency(atMost);
        return new CheckoutOrder(number, basket, best, coupons, points, minor, cards, expected);
    }

    /** The same with as much stored value as there is. */
    public CheckoutOrder allStoredValue() {
        return new CheckoutOrder(number, basket, best, coupons, points, ALL, cards, expected);
    }

    /** The same with a gift card more, at most {@value #MAX_CARDS}: as much of it as is needed when those before are used up. */
    public CheckoutOrder giftCard(PresentedCard card) {
        List<PresentedCard> more = new ArrayList<>(cards);
        more.add(Check.present(card, "gift card"));
        Check.range(more.size(), 1, MAX_CARDS, "number of gift cards");
        return new CheckoutOrder(number, basket, best, coupons, points, storedMinor, List.copyOf(more), expected);
    }

    /**
     * The same, telling what is to be paid in money: what the till showed or took. What it is differs from that by the {@link MismatchPolicy}. An
     * order that expects nothing has no mismatch but coupons that cannot be used.
     *
     * @throws CrmException {@link AssetError#WRONG_CURRENCY}
     */
    public CheckoutOrder expecting(Money due) {
        BasketLine.minor(due, 0, "amount expected");
        requireCurrency(due);
        return new CheckoutOrder(number, basket, best, coupons, points, storedMinor, cards, due);
    }

    private void requireCurrency(Money amount) {
        if (!amount.getCurrencyUnit().equals(basket.currency())) {
            throw AssetError.WRONG_CURRENCY.because("an amount must be in the currency of its basket");
        }
    }

    /** Its number. */
    public String number() {
        return number;
    }

    /** What is bought. */
    public Basket basket() {
        return basket;
    }

    /** Whether the best of her coupons are wanted. */
    public boolean wantsBestCoupons() {
        return best;
    }

    /** The coupons chosen, ascending. */
    public List<CouponId> chosenCoupons() {
        return coupons;
    }

    /** The most points to be used. */
    public long mostPoints() {
        return points;
    }

    /** The most stored value to be used, in the smallest unit. */
    public long mostStoredMinor() {
        return storedMinor;
    }

    /** The gift cards, in the order in which they are used up. */
    public List<PresentedCard> giftCards() {
        return cards;
    }

    /** What is expected to be due in money; empty if nothing is. */
    public Optional<Money> expected() {
        return Optional.ofNullable(expected);
    }

    boolean usesCoupons() {
        return best || !coupons.isEmpty();
    }

    /** Adds everything to the content of a command, the gift cards by their ids. */
    Fingerprint addTo(Fingerprint content, List<CustomerId> cardIds) {
        basket.addTo(content.and(number)).and(best ? 1 : 0).and(coupons.size());
        coupons.forEach(it -> content.and(it.value()));
        content.and(points).and(storedMinor).and(cardIds.size());
        cardIds.forEach(it -> content.and(it.value()));
        return content.and(expected == null ? null : expected.toString());
    }

    @Override
    public String toString() {
        return "CheckoutOrder[" + number + ", " + basket + "]";
    }
}
