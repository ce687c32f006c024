package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a benefit, a card or a redemption: {@code benefit.granted}, {@code benefit.revoked}, {@code card.issued}, {@code card.renewed},
 * {@code card.refunded}, {@code redemption.redeemed}, {@code redemption.reversed}. Data: {@code id}, {@code item}, {@code amount}, and {@code store},
 * {@code till} and {@code staff} as far as there are any. Immutable.
 */
public record BenefitEvent(BenefitEntry entry) implements DomainEvent {
    /** The stream of what becomes of a customer's benefits, cards and redemptions. */
    public static final String STREAM = "benefits";

    @Override
    public CustomerId customer() {
        return entry.customer();
    }

    @Override
    public String type() {
        return entry.act().eventType();
    }

    @Override
    public Instant at() {
        return entry.booked();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("id", entry.id().toString());
        data.put("item", entry.item());
        data.put("amount", entry.amount());
        put(data, "store", entry.store());
        put(data, "till", entry.till());
        put(data, "staff", entry.staff());
        return data;
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }
}
