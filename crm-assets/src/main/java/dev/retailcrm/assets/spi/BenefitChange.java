package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The decision of one command about what a customer has or used, and all that is to be written with it. Immutable.
 *
 * @param row as it is to be
 * @param isNew whether she had it not; else only its end, its refund or what was reversed of it differs
 * @param entry what became of it, with the number after her last; it is an event with that number
 * @param take what is taken from a stock; {@code null} if nothing
 */
public record BenefitChange(
        TenantId tenant,
        CustomerId customer,
        BenefitRow row,
        boolean isNew,
        BenefitEntry entry,
        RequestKey key,
        Booked booked,
        @Nullable BenefitTake take) {
    /** The event of the entry. */
    public List<EventEnvelope> events() {
        return List.of(EventEnvelope.of(tenant, BenefitEvent.STREAM, entry.seq(), new BenefitEvent(entry)));
    }
}
