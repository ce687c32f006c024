package dev.retailcrm.core.ownership;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something became of a customer's ownership: {@code ownership.assigned}, {@code .reassigned}, {@code .claimed}, {@code .released},
 * {@code .offered}, {@code .accepted}, {@code .rejected}, {@code .withdrawn}, {@code .expired}, {@code .inherited},
 * {@code .returned}, at the instant it happened; an offer expires
 * at its end, whenever that was noticed. Data: {@code entry} (its number); as far as there are any {@code staff} and {@code store} (whom she
 * belongs to now), {@code formerStaff} and {@code formerStore}, {@code offer} (its number), {@code toStaff}, {@code toStore} and
 * {@code expiresAt} of the offer, {@code by} and {@code reason}. Immutable.
 */
public record OwnershipChanged(CustomerId customer, OwnershipEntry entry) implements DomainEvent {
    @Override
    public String type() {
        return entry.act().eventType();
    }

    @Override
    public Instant at() {
        return entry.at();
    }

    @Override
    public Map<String, Object> data() {
        Map<String, Object> data = new HashMap<>();
        data.put("entry", entry.seq());
        put(data, entry.after(), "staff", "store");
        put(data, entry.before(), "formerStaff", "formerStore");
        TransferOffer offer = entry.offer();
        if (offer != null) {
            data.put("offer", offer.number());
            data.put("expiresAt", offer.expiresAt());
            put(data, offer.to(), "toStaff", "toStore");
        }
        put(data, "by", entry.by());
        put(data, "reason", entry.reason());
        return data;
    }

    private static void put(Map<String, Object> data, @Nullable Owner owner, String staff, String store) {
        if (owner != null) {
            put(data, staff, owner.staff());
            put(data, store, owner.store());
        }
    }

    private static void put(Map<String, Object> data, String name, @Nullable Object value) {
        if (value != null) {
            data.put(name, value.toString());
        }
    }
}
