package dev.retailcrm.assets.checkout;

/** What becomes of the coupons of an order when it is refunded. */
public enum CouponReturn {
    /** They are given back when all of the order was refunded, as good as they still are: one that has expired meanwhile stays expired. */
    WITH_THE_LAST,
    /** They stay used. */
    NEVER
}
