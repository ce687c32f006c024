package dev.retailcrm.assets.spi;

import org.jspecify.annotations.Nullable;

/**
 * Coupons taken from what a template has left. Immutable.
 *
 * @param template its key
 * @param count how many, 1 or more
 * @param total the most in all; {@link Long#MAX_VALUE} for any number
 * @param day the day in the retailer's zone, in days since 1970, on which they are counted; {@code null} if days have no limit
 * @param perDay the most on that day
 */
public record CouponTake(
        String template, long count, long total, @Nullable Long day, long perDay) {}
