package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.StoreId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What somebody buys, or is about to: lines in one currency, where and through which channel. Who buys and when are told beside it.
 * Immutable; start from {@link #of} and add what is known; equal when everything is.
 */
public final class Basket {
    /** The most lines of a basket. */
    public static final int MAX_LINES = 1_000;

    /** The most a basket may come to before discounts, in the currency's smallest unit. */
    public static final long MAX_MINOR = 10_000_000_000_000L;

    /** The most characters of a channel. */
    public static final int MAX_CHANNEL = 20;

    private final CurrencyUnit currency;
    private final List<BasketLine> lines;
    private final @Nullable StoreId store;
    private final @Nullable String channel;

    private Basket(CurrencyUnit currency, List<BasketLine> lines, @Nullable StoreId store, @Nullable String channel) {
        this.currency = currency;
        this.lines = lines;
        this.store = store;
        this.channel = channel;
    }

    /**
     * These lines, 1 to {@value #MAX_LINES}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if lines are missing, too many or too much;
     *     {@link AssetError#INVALID_BASKET} if two have one number; {@link AssetError#WRONG_CURRENCY} if they are not all in one currency
     */
    public static Basket of(List<BasketLine> lines) {
        for (Object line : Check.present(lines, "lines")) {
            Check.present(line, "line");
        }
        List<BasketLine> kept = List.copyOf(lines);
        Check.range(kept.size(), 1, MAX_LINES, "number of lines");
        CurrencyUnit currency = kept.get(0).gross().getCurrencyUnit();
        Set<Integer> numbers = new HashSet<>();
        long sum = 0;
        for (BasketLine line : kept) {
            if (!line.gross().getCurrencyUnit().equals(currency)) {
                throw AssetError.WRONG_CURRENCY.because("all lines of a basket must be in one currency");
            }
            if (!numbers.add(line.no())) {
                throw AssetError.INVALID_BASKET.because("two lines of the basket have the number %d", line.no());
            }
            sum += line.gross().getAmountMinorLong();
        }
        if (sum > MAX_MINOR) {
            throw CoreError.INVALID_VALUE.because(
                    "a basket must come to at most %d of the currency's smallest unit", MAX_MINOR);
        }
        return new Basket(currency, kept, null, null);
    }

    /** These lines; see {@link #of(List)}. */
    public static Basket of(BasketLine... lines) {
        return of(List.of(lines));
    }

    /** The same in a store. */
    public Basket in(StoreId where) {
        return new Basket(currency, lines, Check.present(where, "store"), channel);
    }

    /**
     * The same through a channel.
     *
     * @param code by the host, 1 to {@value #MAX_CHANNEL} printable ASCII characters, such as {@code app}
     */
    public Basket through(String code) {
        return new Basket(currency, lines, store, Check.code(code, MAX_CHANNEL, "channel"));
    }

    /** The same store and channel with other lines; see {@link #of(List)}. */
    public Basket lines(List<BasketLine> others) {
        Basket other = of(others);
        return new Basket(other.currency, other.lines, store, channel);
    }

    /**
     * The same with an amount taken off all lines of {@link LineKind#GOODS}, in proportion to what is left of each after the discounts
     * so far: 1.00 off lines of 2.00 and 1.50 is 0.57 and 0.43.
     *
     * @param amount above zero
     * @throws CrmException {@link AssetError#INVALID_BASKET} if it is more than what is left of those lines
     */
    public Basket discount(String source, Money amount) {
        LineDiscount whole = new LineDiscount(source, amount);
        long[] weights = lines.stream()
                .mapToLong(line -> line.kind() == LineKind.GOODS ? line.net().getAmountMinorLong() : 0)
                .toArray();
        long minor = whole.amount().getAmountMinorLong();
        if (!amount.getCurrencyUnit().equals(currency)) {
            throw AssetError.WRONG_CURRENCY.because("a discount must be in the currency of its basket");
        }
        if (minor > Proportion.sum(weights)) {
            throw AssetError.INVALID_BASKET.because("the discount exceeds what is left of the goods");
        }
        long[] parts = Proportion.split(minor, weights);
        List<BasketLine> reduced = new ArrayList<>(lines.size());
        for (int i = 0; i < parts.length; i++) {
            BasketLine line = lines.get(i);
            reduced.add(parts[i] == 0 ? line : line.discount(source, Money.ofMinor(currency, parts[i])));
        }
        return new Basket(currency, List.copyOf(reduced), store, channel);
    }

    /** The currency of all lines. */
    public CurrencyUnit currency() {
        return currency;
    }

    /** The lines in the order given. */
    public List<BasketLine> lines() {
        return lines;
    }

    /** Where; empty if not known. */
    public Optional<StoreId> store() {
        return Optional.ofNullable(store);
    }

    /** Through which channel; empty if not known. */
    public Optional<String> channel() {
        return Optional.ofNullable(channel);
    }

    /** The sum of the lines before discounts. */
    public Money gross() {
        return lines.stream().map(BasketLine::gross).reduce(Money.zero(currency), Money::plus);
    }

    /** The sum of the lines after discounts. */
    public Money net() {
        return lines.stream().map(BasketLine::net).reduce(Money.zero(currency), Money::plus);
    }

    /** Adds everything to the content of a command, so that the same key with another basket is refused. */
    public Fingerprint addTo(Fingerprint content) {
        content.and(currency.getCode())
                .and(store == null ? null : store.value())
                .and(channel)
                .and(lines.size());
        lines.forEach(line -> line.addTo(content));
        return content;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Basket basket
                && currency.equals(basket.currency)
                && lines.equals(basket.lines)
                && store().equals(basket.store())
                && channel().equals(basket.channel());
    }

    @Override
    public int hashCode() {
        return lines.hashCode();
    }

    @Override
    public String toString() {
        return "Basket[" + lines.size() + " lines, " + net() + ", store " + store + ", channel " + channel + "]";
    }
}
