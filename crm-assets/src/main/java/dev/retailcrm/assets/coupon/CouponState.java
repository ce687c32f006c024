package dev.retailcrm.assets.coupon;

/** Where a coupon stands. */
public enum CouponState {
    /** She has it and can use it, if it is good at that time. */
    AVAILABLE,
    /** It is reserved for a checkout, for a while. */
    LOCKED,
    /** It was used. */
    REDEEMED,
    /** It was taken from her. */
    VOID,
    /** She gave it to another customer. */
    TRANSFERRED,
    /** It is not good yet; never kept, told by the time. */
    PENDING,
    /** It is good no more, unused; never kept, told by the time. */
    EXPIRED
}
