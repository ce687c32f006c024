package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponEvent;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about a customer's coupons, and all that is to be written with it. Immutable.
 *
 * @param tenant the retailer
 * @param customer whose coupons
 * @param added coupons she had not
 * @param changed coupons she had, as they are to be
 * @param removed coupons she has no more, nor had
 * @param entries what became of them, numbered without gaps from the number after her last; each is an event with its number
 * @param booking the request key to be booked for her; {@code null} if there is none
 * @param take what is taken from a template; {@code null} if nothing
 * @param codeHash the code that she brought and is hers from now on, for the one coupon added; {@code null} if none
 */
public record CouponChange(
        TenantId tenant,
        CustomerId customer,
        List<Coupon> added,
        List<Coupon> changed,
        List<CouponId> removed,
        List<CouponEntry> entries,
        @Nullable Booking booking,
        @Nullable CouponTake take,
        @Nullable String codeHash) {
    /** Copies the lists. */
    public CouponChange {
        added = List.copyOf(added);
        changed = List.copyOf(changed);
        removed = List.copyOf(removed);
        entries = List.copyOf(entries);
    }

    /** A mere move of coupons, as when customers are merged. */
    public static CouponChange moved(
            TenantId tenant, CustomerId customer, List<Coupon> added, List<Coupon> changed, List<CouponId> removed) {
        return new CouponChange(tenant, customer, added, changed, removed, List.of(), null, null, null);
    }

    /** The same with entries. */
    public CouponChange telling(List<CouponEntry> told) {
        return new CouponChange(tenant, customer, added, changed, removed, told, booking, take, codeHash);
    }

    /** The event of each entry. */
    public List<EventEnvelope> events() {
        return entries.stream()
                .map(it -> EventEnvelope.of(tenant, CouponEvent.STREAM, it.seq(), new CouponEvent(it)))
                .toList();
    }

    /**
     * A request key and what is remembered under it.
     *
     * @param key the key
     * @param booked what is remembered
     */
    public record Booking(RequestKey key, Booked booked) {}
}
