package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.Check;
import java.math.BigDecimal;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * What a coupon takes off what is in its scope, after the discounts so far, and never more than that. Immutable. Each refuses values out of its
 * range with {@link AssetError#INVALID_COUPON_TEMPLATE}.
 */
public sealed interface CouponBenefit {
    /** The most units, or times. */
    int MOST = 10_000;

    /** What a percentage of 100 is in hundredths. */
    int WHOLE = 10_000;

    /** Answers for each form of benefit. */
    interface Visitor<R> {
        /** An amount. */
        R amountOff(AmountOff benefit);

        /** A percentage. */
        R percentOff(PercentOff benefit);

        /** An amount for each full threshold. */
        R everyFull(EveryFull benefit);

        /** Units at a price. */
        R exchange(Exchange benefit);

        /** Units for the price of fewer. */
        R nForM(NForM benefit);

        /** Units for nothing. */
        R freeItem(FreeItem benefit);

        /** Freight. */
        R shipping(Shipping benefit);
    }

    /** Asks a visitor. */
    <R> R accept(Visitor<R> visitor);

    /** An amount in the currency it is good in; {@code null} if that is any. */
    @Nullable
    Money amount();

    /**
     * An amount, over all lines in scope in proportion.
     *
     * @param amount above zero
     */
    record AmountOff(Money amount) implements CouponBenefit {
        /** Refuses what is not above zero. */
        public AmountOff {
            requireAmount(amount, 1);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.amountOff(this);
        }
    }

    /**
     * A percentage of all lines in scope together, rounded half up to the currency's smallest unit.
     *
     * @param hundredths of a percent, 1 to 10,000: 1,250 is 12.5 %
     * @param ceiling the most it takes off, above zero; {@code null} if there is no ceiling
     */
    record PercentOff(int hundredths, @Nullable Money ceiling) implements CouponBenefit {
        /** Refuses a percentage or ceiling outside its range. */
        public PercentOff {
            requireRange(hundredths, 1, WHOLE, "hundredths of a percent");
            if (ceiling != null) {
                requireAmount(ceiling, 1);
            }
        }

        @Override
        public @Nullable Money amount() {
            return ceiling;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.percentOff(this);
        }
    }

    /**
     * An amount for each full threshold that the lines in scope come to: 10 off each full 100, three times at most.
     *
     * @param threshold above zero
     * @param amount above zero, at most the threshold
     * @param times the most times, 1 to {@value #MOST}
     */
    record EveryFull(Money threshold, Money amount, int times) implements CouponBenefit {
        /** Refuses amounts of two currencies, and values outside their ranges. */
        public EveryFull {
            requireAmount(threshold, 1);
            requireAmount(amount, 1);
            requireRange(times, 1, MOST, "times");
            if (!threshold.getCurrencyUnit().equals(amount.getCurrencyUnit()) || amount.isGreaterThan(threshold)) {
                throw AssetError.INVALID_COUPON_TEMPLATE.because(
                        "a threshold is in the currency of the amount, and at least as much");
            }
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.everyFull(this);
        }
    }

    /**
     * Units in scope at a price each, the cheapest of those that cost more.
     *
     * @param price zero or more
     * @param units 1 to {@value #MOST}
     */
    record Exchange(Money price, int units) implements CouponBenefit {
        /** Refuses values outside their ranges. */
        public Exchange {
            requireAmount(price, 0);
            requireRange(units, 1, MOST, "units");
        }

        @Override
        public Money amount() {
            return price;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.exchange(this);
        }
    }

    /**
     * Of every n units in scope m are paid for: 3 for 2. As many units as that leaves are free, the cheapest of all.
     *
     * @param n 2 to {@value #MOST}
     * @param m 1 to n − 1
     */
    record NForM(int n, int m) implements CouponBenefit {
        /** Refuses values outside their ranges. */
        public NForM {
            requireRange(n, 2, MOST, "units of a set");
            requireRange(m, 1, n - 1, "units paid for");
        }

        @Override
        public @Nullable Money amount() {
            return null;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.nForM(this);
        }
    }

    /**
     * Units in scope for nothing, the cheapest.
     *
     * @param units 1 to {@value #MOST}
     */
    record FreeItem(int units) implements CouponBenefit {
        /** Refuses a number outside its range. */
        public FreeItem {
            requireRange(units, 1, MOST, "units");
        }

        @Override
        public @Nullable Money amount() {
            return null;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.freeItem(this);
        }
    }

    /**
     * What freight costs, over its lines in proportion. The scope is that of the goods which must be there.
     *
     * @param ceiling the most it takes off, above zero; {@code null} if there is no ceiling
     */
    record Shipping(@Nullable Money ceiling) implements CouponBenefit {
        /** Refuses a ceiling that is not above zero. */
        public Shipping {
            if (ceiling != null) {
                requireAmount(ceiling, 1);
            }
        }

        @Override
        public @Nullable Money amount() {
            return ceiling;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.shipping(this);
        }
    }

    /** Refuses an amount that a basket cannot come to, or below a least one. */
    private static void requireAmount(Money amount, long least) {
        Money given = Check.present(amount, "amount of a coupon");
        boolean small = given.getAmount().abs().compareTo(BigDecimal.valueOf(Basket.MAX_MINOR)) <= 0;
        long minor = small ? given.getAmountMinorLong() : Long.MAX_VALUE;
        if (minor < least || minor > Basket.MAX_MINOR) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because(
                    "an amount of a coupon must be %d to %d of the currency's smallest unit", least, Basket.MAX_MINOR);
        }
    }

    private static void requireRange(int number, int min, int max, String name) {
        if (number < min || number > max) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because("%s must be %d to %d, was %d", name, min, max, number);
        }
    }
}
