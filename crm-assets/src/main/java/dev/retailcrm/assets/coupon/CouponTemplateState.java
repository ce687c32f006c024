package dev.retailcrm.assets.coupon;

/** Where a template stands. It says whether customers get coupons of it; those they have stay good. */
public enum CouponTemplateState {
    /** It is being written: nobody gets any. */
    DRAFT,
    /** Customers get coupons of it. */
    ACTIVE,
    /** Nobody gets any until it is active again. */
    PAUSED,
    /** Nobody gets any again. */
    ENDED
}
