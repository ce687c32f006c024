package dev.retailcrm.assets.coupon;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a coupon. Its stream is {@value #STREAM} of the customer, numbered as her entries. Data: {@code coupon},
 * {@code template}, and {@code other}, {@code store} and {@code staff} as far as there are any. Immutable.
 *
 * @param entry what became of it
 */
public record CouponEvent(CouponEntry entry) implements DomainEvent {
    /** The stream of what becomes of a customer's coupons. */
    public static final String STREAM = "coupons";

    @Override
    public CustomerId customer() {
        return entry.customer();
    }

    @Override
    public String type() {
        return "coupon." + entry.act().name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Instant at() {
        return entry.at();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("coupon", entry.coupon().toString());
        data.put("template", entry.template());
        put(data, "other", entry.other());
        put(data, "store", entry.store());
        put(data, "staff", entry.staff());
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }
}
