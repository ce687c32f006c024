package dev.retailcrm.assets.checkout;

import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * How a retailer's checkout decides. Immutable; start from {@link #standard()} and change what differs.
 *
 * @param points what points are worth; {@code null} if nothing is paid with them
 * @param mismatch what becomes of orders that the till expected otherwise; default {@link MismatchPolicy#REFUSE}
 * @param coupons what becomes of coupons when orders are refunded; default {@link CouponReturn#WITH_THE_LAST}
 * @param benefits whether {@link BenefitTerms benefits} count; by default they do not, since asking for them takes round trips
 */
public record CheckoutPolicy(
        @Nullable PointsRate points, MismatchPolicy mismatch, CouponReturn coupons, boolean benefits) {
    /** Refuses what is missing. */
    public CheckoutPolicy {
        Check.present(mismatch, "policy of mismatches");
        Check.present(coupons, "policy of coupons");
    }

    /** Without points, refusing mismatches, giving coupons back with the last of an order. */
    public static CheckoutPolicy standard() {
        return new CheckoutPolicy(null, MismatchPolicy.REFUSE, CouponReturn.WITH_THE_LAST, false);
    }

    /** The same with points at a rate. */
    public CheckoutPolicy points(PointsRate rate) {
        return new CheckoutPolicy(Check.present(rate, "rate"), mismatch, coupons, benefits);
    }

    /** The same with another policy of mismatches. */
    public CheckoutPolicy onMismatch(MismatchPolicy other) {
        return new CheckoutPolicy(points, other, coupons, benefits);
    }

    /** The same with another policy of coupons. */
    public CheckoutPolicy coupons(CouponReturn other) {
        return new CheckoutPolicy(points, mismatch, other, benefits);
    }

    /** The same with what benefits give: discounts, free shipping, more points. */
    public CheckoutPolicy withBenefits() {
        return new CheckoutPolicy(points, mismatch, coupons, true);
    }
}
