package dev.retailcrm.tags.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagChanged;
import dev.retailcrm.tags.TagEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about a customer's tags, and all that is to be written with it. Immutable.
 *
 * @param tenant the retailer
 * @param customer whose tags
 * @param entries what becomes of them, one after the other, numbered without gaps from the number after her last; none if nothing does. Each
 *     leaves its tag as its {@code after} says, and is an event with its number
 * @param booking the request key to be booked for her; {@code null} where there is none
 */
public record TagChange(
        TenantId tenant,
        CustomerId customer,
        List<TagEntry> entries,
        @Nullable Booking booking) {
    /** Copies the list. */
    public TagChange {
        entries = List.copyOf(entries);
    }

    /** The event of each entry. */
    public List<EventEnvelope> events() {
        return entries.stream()
                .map(it -> EventEnvelope.of(tenant, TagChanged.STREAM, it.seq(), new TagChanged(customer, it)))
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
