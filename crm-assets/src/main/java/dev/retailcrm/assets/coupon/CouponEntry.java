package dev.retailcrm.assets.coupon;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that became of a coupon of a customer; never changed. Immutable.
 *
 * @param customer whose it was then
 * @param seq counts what became of her coupons from 1 without gaps
 * @param coupon which
 * @param version of the coupon after it
 * @param template the template it is of
 * @param act what became of it
 * @param at when it was booked, in milliseconds
 * @param occurredAt when it happened, as the command says
 * @param other from whom she got it, or to whom she gave it; {@code null} if nobody
 * @param reference the business document, such as an order; {@code null} if none
 * @param store where; {@code null} if nowhere
 * @param staff who did it; {@code null} if nobody
 */
public record CouponEntry(
        CustomerId customer,
        long seq,
        CouponId coupon,
        long version,
        String template,
        CouponAct act,
        Instant at,
        Instant occurredAt,
        @Nullable CustomerId other,
        @Nullable String reference,
        @Nullable StoreId store,
        @Nullable StaffId staff) {
    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public CouponEntry {
        Check.present(customer, "customer");
        Check.positive(seq, "number of the entry");
        Check.present(coupon, "coupon");
        Check.positive(version, "version");
        Check.present(template, "template");
        Check.present(act, "act");
        Check.present(at, "instant");
        Check.present(occurredAt, "instant");
    }
}
