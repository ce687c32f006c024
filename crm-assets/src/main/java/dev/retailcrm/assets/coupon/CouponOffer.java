package dev.retailcrm.assets.coupon;

/**
 * A coupon that a customer can use now, and what it would take off a basket on its own. Immutable.
 *
 * @param coupon the coupon
 * @param template what it takes off, in the version she got it under
 * @param worth what that is
 */
public record CouponOffer(Coupon coupon, CouponTemplate template, CouponWorth worth) {}
