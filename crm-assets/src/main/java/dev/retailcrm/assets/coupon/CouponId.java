package dev.retailcrm.assets.coupon;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;

/**
 * A coupon, or a batch of codes, of a tenant; shown as 13 characters of Crockford's base 32. It says nothing of the coupon and is no secret:
 * it is used together with the customer who has it. Immutable.
 *
 * @param value greater than zero
 */
public record CouponId(long value) implements Comparable<CouponId> {
    /** Refuses zero and less with {@link CoreError#INVALID_VALUE}. */
    public CouponId {
        Check.positive(value, "coupon id");
    }

    /** The coupon with this number. */
    public static CouponId of(long value) {
        return new CouponId(value);
    }

    /**
     * The coupon shown by these characters; the inverse of {@link #toString()}.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if they are none
     */
    public static CouponId parse(String shown) {
        return new CouponId(CustomerId.parse(shown).value());
    }

    @Override
    public int compareTo(CouponId other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return CustomerId.of(value).toString();
    }
}
