package dev.retailcrm.assets.coupon;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;

/**
 * Which coupons somebody is to get, and how many. Immutable.
 *
 * @param template the key of the template
 * @param count how many, 1 to {@value #MOST}
 * @param upTo whether fewer will do, if fewer are left, but for none
 */
public record CouponClaim(String template, int count, boolean upTo) {
    /** The most coupons of one command. */
    public static final int MOST = 100;

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public CouponClaim {
        Check.code(template, CouponTemplate.MAX_KEY, "key of the template");
        Check.range(count, 1, MOST, "number of coupons");
    }

    /** One coupon. */
    public static CouponClaim of(String template) {
        return of(template, 1);
    }

    /** So many coupons, or none. */
    public static CouponClaim of(String template, int count) {
        return new CouponClaim(template, count, false);
    }

    /** So many coupons, or as many as are left: the last who comes gets the rest. */
    public static CouponClaim upTo(String template, int count) {
        return new CouponClaim(template, count, true);
    }
}
