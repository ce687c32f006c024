package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.ledger.AssetError;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * When a coupon is good, in days of the retailer's zone: fixed days, or days counted from when a customer gets it. Immutable.
 *
 * @param firstDay the first day; {@code null} if it is counted
 * @param lastDay the last day; {@code null} if it is counted
 * @param delayDays how many days after she got it its first day is, 0 for at once; 0 if days are fixed
 * @param days how many days it is good for, the first included, from 1 on; 0 if days are fixed
 */
public record CouponValidity(
        @Nullable LocalDate firstDay, @Nullable LocalDate lastDay, int delayDays, int days) {
    /** The most days. */
    public static final int MAX_DAYS = 36_600;

    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9_000;

    /** Refuses anything else with {@link AssetError#INVALID_COUPON_TEMPLATE}. */
    public CouponValidity {
        boolean fixed =
                firstDay != null && lastDay != null && delayDays == 0 && days == 0 && isFixed(firstDay, lastDay);
        boolean counted = firstDay == null && lastDay == null && isCounted(delayDays, days);
        if (!fixed && !counted) {
            throw AssetError.INVALID_COUPON_TEMPLATE.because(
                    "a coupon is good from one day to another, or for 1 to %d days from at most as many days on",
                    MAX_DAYS);
        }
    }

    private static boolean isFixed(LocalDate firstDay, LocalDate lastDay) {
        return !lastDay.isBefore(firstDay) && isStorable(firstDay) && isStorable(lastDay);
    }

    private static boolean isCounted(int delayDays, int days) {
        return delayDays >= 0 && delayDays <= MAX_DAYS && days >= 1 && days <= MAX_DAYS;
    }

    private static boolean isStorable(LocalDate day) {
        return day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
    }

    /** From the start of one day through the end of another, whenever she gets it. */
    public static CouponValidity between(LocalDate firstDay, LocalDate lastDay) {
        return new CouponValidity(firstDay, lastDay, 0, 0);
    }

    /** From when she gets it, for so many days, of which that day is the first: 1 is through the end of that day. */
    public static CouponValidity days(int days) {
        return new CouponValidity(null, null, 0, days);
    }

    /** The same from the start of a later day on: 1 is the day after she gets it. */
    public CouponValidity after(int otherDelay) {
        return new CouponValidity(firstDay, lastDay, otherDelay, days);
    }

    /** The first instant at which it is good, for who gets it at {@code at}. */
    Instant from(Instant at, ZoneId zone) {
        if (firstDay != null) {
            return firstDay.atStartOfDay(zone).toInstant();
        }
        return delayDays == 0
                ? at
                : at.atZone(zone)
                        .toLocalDate()
                        .plusDays(delayDays)
                        .atStartOfDay(zone)
                        .toInstant();
    }

    /** The first instant at which it is good no more. */
    Instant until(Instant at, ZoneId zone) {
        LocalDate end = lastDay != null
                ? lastDay.plusDays(1)
                : at.atZone(zone).toLocalDate().plusDays((long) delayDays + days);
        return end.atStartOfDay(zone).toInstant();
    }
}
