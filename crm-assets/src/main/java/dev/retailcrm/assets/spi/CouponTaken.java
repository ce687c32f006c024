package dev.retailcrm.assets.spi;

/**
 * How many coupons of a template were taken. Immutable.
 *
 * @param total in all
 * @param today on the day asked for
 */
public record CouponTaken(long total, long today) {}
