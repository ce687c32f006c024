package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a coupon takes off a basket, or why nothing. Immutable.
 *
 * @param total what it takes off altogether; zero if nothing
 * @param byLine what it takes off each line, above zero, by the numbers of the lines; the sum is the total
 * @param refusal why it takes nothing off; {@code null} if it takes something
 * @param missing how much is missing to the minimum, if that is why; else {@code null}
 */
public record CouponWorth(
        Money total,
        SortedMap<Integer, Money> byLine,
        @Nullable Refusal refusal,
        @Nullable Money missing) {
    /** Why a coupon takes nothing off a basket. */
    public enum Refusal {
        /** The basket is in another currency. */
        CURRENCY,
        /** It is not good in the basket's store. */
        STORE,
        /** It is not good through the basket's channel. */
        CHANNEL,
        /** No goods are in its scope. */
        SCOPE,
        /** Goods in its scope come to too little. */
        MINIMUM,
        /** Too few units are in its scope. */
        UNITS,
        /** There is nothing left that it could take off. */
        NOTHING_LEFT
    }

    /** Copies the map. */
    public CouponWorth {
        Check.present(total, "total");
        byLine = Collections.unmodifiableSortedMap(new TreeMap<>(byLine));
    }

    static CouponWorth of(CouponTemplate template, Basket basket) {
        CouponScope scope = template.scope();
        Money amount = template.benefit().amount() == null
                ? template.minimum()
                : template.benefit().amount();
        if (amount != null && !amount.getCurrencyUnit().equals(basket.currency())) {
            return nothing(basket, Refusal.CURRENCY, null);
        }
        if (!scope.isIn(basket.store().orElse(null))) {
            return nothing(basket, Refusal.STORE, null);
        }
        if (!scope.isThrough(basket.channel().orElse(null))) {
            return nothing(basket, Refusal.CHANNEL, null);
        }
        CouponGoods goods = CouponGoods.of(basket, line -> line.kind() == LineKind.GOODS && scope.contains(line));
        if (goods.isEmpty()) {
            return nothing(basket, Refusal.SCOPE, null);
        }
        Money minimum = template.minimum();
        long least = minimum == null ? 0 : minimum.getAmountMinorLong();
        if (goods.net() < least) {
            return nothing(basket, Refusal.MINIMUM, Money.ofMinor(basket.currency(), least - goods.net()));
        }
        if (goods.units() < template.minimumUnits()) {
            return nothing(basket, Refusal.UNITS, null);
        }
        CouponGoods freight = CouponGoods.of(basket, line -> line.kind() == LineKind.FREIGHT);
        return of(basket, template.benefit().accept(new CouponTaking(goods, freight)));
    }

    private static CouponWorth of(Basket basket, SortedMap<Integer, Long> taken) {
        SortedMap<Integer, Money> byLine = new TreeMap<>();
        long total = 0;
        for (var line : taken.entrySet()) {
            if (line.getValue() > 0) {
                byLine.put(line.getKey(), Money.ofMinor(basket.currency(), line.getValue()));
                total += line.getValue();
            }
        }
        return total == 0
                ? nothing(basket, Refusal.NOTHING_LEFT, null)
                : new CouponWorth(Money.ofMinor(basket.currency(), total), byLine, null, null);
    }

    private static CouponWorth nothing(Basket basket, Refusal why, @Nullable Money missing) {
        return new CouponWorth(Money.zero(basket.currency()), Collections.emptySortedMap(), why, missing);
    }

    /** Whether it takes anything off. */
    public boolean isSomething() {
        return refusal == null;
    }

    /**
     * The basket with this taken off its lines.
     *
     * @param basket the one it was worked out for, or one with the same numbers of lines and as much left of each
     * @param source what the discounts are told to come from: as a rule the key of the template
     * @throws CrmException INVALID_BASKET if less is left of a line
     */
    public Basket takenOff(Basket basket, String source) {
        Check.present(basket, "basket");
        return basket.lines(
                basket.lines().stream().map(line -> reduced(line, source)).toList());
    }

    private BasketLine reduced(BasketLine line, String source) {
        Money off = byLine.get(line.no());
        return off == null ? line : line.discount(source, off);
    }
}
