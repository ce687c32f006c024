package dev.retailcrm.audience.spi;

import dev.retailcrm.audience.AudiencePick;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a customer and audiences. Immutable.
 *
 * @param stays each new if it is open, else in the place of the open one with its audience and number
 * @param picks each in the place of the one with its audience; one that is {@linkplain AudiencePick#isEmpty() empty} is there no more
 * @param frozen snapshots that she comes into, each with whose place it was
 * @param thawed snapshots that she is in no more
 * @param events of what becomes of her stays
 * @param booking the request key to be booked for her; {@code null} where there is none
 */
public record AudienceFileChange(
        TenantId tenant,
        CustomerId customer,
        List<AudienceStay> stays,
        List<AudiencePick> picks,
        Map<String, Optional<CustomerId>> frozen,
        Set<String> thawed,
        List<EventEnvelope> events,
        @Nullable Booking booking) {
    /** Copies the collections. */
    public AudienceFileChange {
        stays = List.copyOf(stays);
        picks = List.copyOf(picks);
        frozen = Map.copyOf(frozen);
        thawed = Set.copyOf(thawed);
        events = List.copyOf(events);
    }

    /**
     * A request key and what is remembered under it.
     *
     * @param key the key
     * @param booked what is remembered
     */
    public record Booking(RequestKey key, Booked booked) {}

    /** Whether nothing is to be written. */
    public boolean isNothing() {
        return stays.isEmpty() && picks.isEmpty() && frozen.isEmpty() && thawed.isEmpty() && booking == null;
    }
}
