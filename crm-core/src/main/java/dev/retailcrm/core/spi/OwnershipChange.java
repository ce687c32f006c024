package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about a customer's ownership, and all that is to be written with it. Immutable.
 *
 * @param after the ownership from then on; its {@code transfers} are those before, and not written
 * @param entries one or more, numbered up to {@link OwnershipSnapshot#lastSeq()} of {@code after}
 * @param events one for each entry, numbered up to {@link OwnershipSnapshot#eventSeq()} of {@code after}
 * @param booking the request key to be booked for her; {@code null} where time alone decided
 */
public record OwnershipChange(
        OwnershipSnapshot after,
        List<OwnershipEntry> entries,
        List<EventEnvelope> events,
        @Nullable Booking booking) {
    /** Copies the lists. */
    public OwnershipChange {
        entries = List.copyOf(entries);
        events = List.copyOf(events);
    }

    /**
     * A request key and what is remembered under it.
     *
     * @param key the key
     * @param booked what is remembered
     */
    public record Booking(RequestKey key, Booked booked) {}
}
