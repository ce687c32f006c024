package dev.retailcrm.assets.coupon;

/** What became of a coupon. */
public enum CouponAct {
    /** The customer claimed it. */
    CLAIMED,
    /** It was issued to her. */
    ISSUED,
    /** It was got for a code. */
    BOUND,
    /** Another customer gave it to her. */
    RECEIVED,
    /** It was reserved for a checkout. */
    LOCKED,
    /** It is no more reserved. */
    RELEASED,
    /** It was used. */
    REDEEMED,
    /** Its use was taken back. */
    RETURNED,
    /** It was taken from her. */
    VOIDED,
    /** She gave it to another customer. */
    TRANSFERRED
}
