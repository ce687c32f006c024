package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about a customer's tiers, and all that is to be written with it. Immutable.
 *
 * @param after where she is to stand
 * @param entries with the numbers that follow the last; may be none
 * @param events one an entry
 * @param booking the key to be booked; {@code null} for none
 */
public record TierChange(
        TenantId tenant,
        TierSnapshot after,
        List<TierEntry> entries,
        List<EventEnvelope> events,
        @Nullable Booking booking) {
    /** A key and what is booked under it. */
    public record Booking(RequestKey key, Booked booked) {}

    /** Copies the lists. */
    public TierChange {
        entries = List.copyOf(entries);
        events = List.copyOf(events);
    }
}
