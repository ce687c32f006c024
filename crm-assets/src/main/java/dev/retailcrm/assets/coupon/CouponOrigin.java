package dev.retailcrm.assets.coupon;

/** How a customer got a coupon. */
public enum CouponOrigin {
    /** She claimed it. */
    CLAIM,
    /** It was issued to her. */
    ISSUE,
    /** She brought a code. */
    CODE,
    /** Another customer gave it to her; it does not count against what one customer may get. */
    TRANSFER
}
