package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.joda.money.Money;

/**
 * A basket and with what it is paid. What no tender is given for is paid with {@link TenderKind#MONEY}. Immutable; equal when everything is.
 */
public final class Purchase {
    private final Basket basket;
    private final Map<TenderKind, Money> tenders;

    private Purchase(Basket basket, Map<TenderKind, Money> tenders) {
        this.basket = basket;
        this.tenders = Collections.unmodifiableMap(tenders);
    }

    /** A basket paid with money. */
    public static Purchase of(Basket basket) {
        return new Purchase(Check.present(basket, "basket"), new EnumMap<>(TenderKind.class));
    }

    /**
     * The same with a part of it paid so, besides what is paid so already.
     *
     * @param amount above zero
     * @throws CrmException {@link AssetError#WRONG_CURRENCY}; {@link AssetError#INVALID_BASKET} if the tenders exceed what is to be paid
     */
    public Purchase paid(TenderKind kind, Money amount) {
        BasketLine.minor(amount, 1, "tender");
        if (!amount.getCurrencyUnit().equals(basket.currency())) {
            throw AssetError.WRONG_CURRENCY.because("a tender must be in the currency of its basket");
        }
        Map<TenderKind, Money> all = new EnumMap<>(TenderKind.class);
        all.putAll(tenders);
        all.merge(Check.present(kind, "tender"), amount, Money::plus);
        Purchase paid = new Purchase(basket, all);
        if (paid.paidWith(Set.of(TenderKind.values())).isGreaterThan(basket.net())) {
            throw AssetError.INVALID_BASKET.because("the tenders exceed what is to be paid");
        }
        return paid;
    }

    /** What is bought. */
    public Basket basket() {
        return basket;
    }

    /** What was said of how it is paid. */
    public Map<TenderKind, Money> tenders() {
        return tenders;
    }

    /** How much is paid with these, of what was said. */
    public Money paidWith(Collection<TenderKind> kinds) {
        return tenders.entrySet().stream()
                .filter(it -> kinds.contains(it.getKey()))
                .map(Map.Entry::getValue)
                .reduce(Money.zero(basket.currency()), Money::plus);
    }

    /** Adds everything to the content of a command. */
    public Fingerprint addTo(Fingerprint content) {
        basket.addTo(content).and(tenders.size());
        tenders.forEach((kind, amount) -> content.and(kind.name()).and(amount.getAmountMinorLong()));
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Purchase purchase && basket.equals(purchase.basket) && tenders.equals(purchase.tenders);
    }

    @Override
    public int hashCode() {
        return basket.hashCode();
    }

    @Override
    public String toString() {
        return "Purchase[" + basket + ", " + tenders + "]";
    }
}
