package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;

/**
 * How many coupons of a template there may be. What is used, voided or given away still counts. Immutable; start from {@link #none()}.
 *
 * @param total in all, codes that were made or imported included; 0 for any number
 * @param perCustomer that one customer gets herself, not from another customer; 0 for any number
 * @param perDay that customers claim or are issued on one day of the retailer's zone; 0 for any number
 */
public record CouponLimits(long total, int perCustomer, long perDay) {
    /** The most that can be said. */
    public static final long MOST = 1_000_000_000_000L;

    /** Refuses numbers outside their ranges with {@link AssetError#INVALID_COUPON_TEMPLATE}. */
    public CouponLimits {
        if (total < 0 || total > MOST || perCustomer < 0 || perDay < 0 || perDay > MOST) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because("a limit of coupons is 0 to %d", MOST);
        }
    }

    /** No limits. */
    public static CouponLimits none() {
        return new CouponLimits(0, 0, 0);
    }

    /** The same with a limit in all. */
    public CouponLimits total(long coupons) {
        return new CouponLimits(coupons, perCustomer, perDay);
    }

    /** The same with a limit for each customer. */
    public CouponLimits perCustomer(int coupons) {
        return new CouponLimits(total, coupons, perDay);
    }

    /** The same with a limit for each day. */
    public CouponLimits perDay(long coupons) {
        return new CouponLimits(total, perCustomer, coupons);
    }
}
