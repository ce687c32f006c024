package dev.retailcrm.assets.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;

/**
 * Gift cards to be written together. Immutable.
 *
 * @param tenant the retailer
 * @param id names the batch; the request key is booked for it
 * @param key the request key of the issue, unique among the batches of the tenant
 * @param booked what is remembered under the key
 * @param cards the new cards by ascending number, each with another code
 * @param events the first event of each card, in the same order
 */
public record GiftCardBatch(
        TenantId tenant,
        CustomerId id,
        RequestKey key,
        Booked booked,
        List<GiftCardSnapshot> cards,
        List<EventEnvelope> events) {
    /** Copies the lists. */
    public GiftCardBatch {
        cards = List.copyOf(cards);
        events = List.copyOf(events);
    }
}
