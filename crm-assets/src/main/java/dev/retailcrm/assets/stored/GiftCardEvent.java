package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A gift card was issued or its state changed. Its stream is {@value #SOURCE} of the card's own id. Data: {@code batch},
 * {@code currency}, {@code face} (smallest unit), {@code state}, {@code boundTo}, {@code expires}, {@code store} and {@code staff} as
 * far as there are any; never the code. Immutable.
 *
 * @param after the card after it
 */
public record GiftCardEvent(
        GiftCardSnapshot after,
        What what,
        @Nullable StoreId store,
        @Nullable StaffId staff,
        Instant at) implements DomainEvent {
    /** The stream of a card's own events; what is booked on it is in the stream of its wallet. */
    public static final String SOURCE = "gift-card";

    /** What happened. */
    public enum What {
        /** It was made. */
        ISSUED,
        /** It got its value. */
        ACTIVATED,
        /** Only one customer can use it from now on. */
        BOUND,
        /** It cannot be used. */
        BLOCKED,
        /** It is as it was before it was blocked. */
        UNBLOCKED
    }

    @Override
    public CustomerId customer() {
        return after.id();
    }

    @Override
    public String type() {
        return SOURCE + "." + what.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("batch", after.batch().toString());
        data.put("currency", after.faceValue().getCurrencyUnit().getCode());
        data.put("face", after.faceValue().getAmountMinorLong());
        data.put("state", after.state());
        put(data, "boundTo", after.boundTo());
        put(data, "store", store);
        put(data, "staff", staff);
        if (after.expiresAt() != null) {
            data.put("expires", after.expiresAt());
        }
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object id) {
        if (id != null) {
            data.put(name, id.toString());
        }
    }
}
