package dev.retailcrm.assets.coupon;

import org.jspecify.annotations.Nullable;

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
    TRANSFERRED,
    /** She was merged into another customer, whose it is now. */
    MERGED,
    /** It came with a customer who was merged into her. */
    INHERITED;

    /** How a coupon was got by this; {@code null} if it was not. */
    @Nullable
    CouponOrigin origin() {
        return switch (this) {
            case CLAIMED -> CouponOrigin.CLAIM;
            case ISSUED -> CouponOrigin.ISSUE;
            case BOUND -> CouponOrigin.CODE;
            case RECEIVED -> CouponOrigin.TRANSFER;
            case LOCKED, RELEASED, REDEEMED, RETURNED, VOIDED, TRANSFERRED, MERGED, INHERITED -> null;
        };
    }

    /** Whether the customer does it herself. */
    public boolean isHers() {
        return switch (this) {
            case CLAIMED, BOUND, LOCKED, REDEEMED, TRANSFERRED -> true;
            case ISSUED, RECEIVED, RELEASED, RETURNED, VOIDED, MERGED, INHERITED -> false;
        };
    }
}
