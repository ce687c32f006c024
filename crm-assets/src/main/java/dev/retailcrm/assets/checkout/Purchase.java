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
import java.util.SortedMap;
import org.joda.money.Money;

/**
 * A basket and with what it is paid. What no tender is given for is paid with {@link TenderKind#MONEY}. Immutable; equal when everything is.
 */
public final class Purchase {
    private final Basket basket;
    private final Map<TenderKind, Money> tenders;
    private final Map<TenderKind, SortedMap<Integer, Long>> lines;

    private Purchase(Basket basket, Map<TenderKind, Money> tenders, Map<TenderKind, SortedMap<Integer, Long>> lines) {
        this.basket = basket;
        this.tenders = Collections.unmodifiableMap(tenders);
        this.lines = lines;
    }

    /** A basket paid with money. */
    public static Purchase of(Basket basket) {
        return new Purchase(Check.present(basket, "basket"), new EnumMap<>(TenderKind.class), Map.of());
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
        Purchase paid = new Purchase(basket, all, lines);
        if (paid.paidWith(Set.of(TenderKind.values())).isGreaterThan(basket.net())) {
            throw AssetError.INVALID_BASKET.because("the tenders exceed what is to be paid");
        }
        return paid;
    }

    /** The same, knowing what is paid so for each line, by number in the smallest unit. No more than is left of the line. */
    Purchase paid(TenderKind kind, SortedMap<Integer, Long> byLine) {
        long sum = byLine.values().stream().mapToLong(it -> it).sum();
        if (sum == 0) {
            return this;
        }
        Map<TenderKind, SortedMap<Integer, Long>> all = new EnumMap<>(TenderKind.class);
        all.putAll(lines);
        all.put(kind, byLine);
        return new Purchase(basket, paid(kind, Money.ofMinor(basket.currency(), sum)).tenders, all);
    }

    /**
     * How much of each line is paid with these, in the currency's smallest unit, in the order of the lines: as far as that is not known line by line,
     * in proportion to what is left of them.
     */
    public long[] paidByLine(Collection<TenderKind> kinds) {
        long[] net = basket.lines().stream()
                .mapToLong(line -> line.net().getAmountMinorLong())
                .toArray();
        long[] paid = new long[net.length];
        long known = 0;
        for (Map.Entry<TenderKind, SortedMap<Integer, Long>> tender : lines.entrySet()) {
            for (int i = 0; kinds.contains(tender.getKey()) && i < net.length; i++) {
                long part = tender.getValue().getOrDefault(basket.lines().get(i).no(), 0L);
                paid[i] += part;
                net[i] -= part;
                known += part;
            }
        }
        long[] rest = Proportion.split(paidWith(kinds).getAmountMinorLong() - known, net);
        for (int i = 0; i < net.length; i++) {
            paid[i] += rest[i];
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
        lines.forEach((kind, parts) ->
                parts.forEach((line, part) -> content.and(kind.name()).and(line).and(part)));
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Purchase purchase
                && basket.equals(purchase.basket)
                && tenders.equals(purchase.tenders)
                && lines.equals(purchase.lines);
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
