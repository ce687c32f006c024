package dev.retailcrm.audience.spi;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;

/**
 * The decision of one command about a tenant's definitions, and all that is to be written with it. Immutable.
 *
 * @param written what is made, or takes the place of what has its kind and key; versions of audiences are kept for ever
 * @param deleted what is there no more
 * @param key the request key, which is new
 * @param booked what is remembered under it
 * @param at when, in milliseconds
 * @param actor who does it
 */
public record AudienceDefinitionChange(
        TenantId tenant,
        List<AudienceItem> written,
        List<AudienceItem> deleted,
        RequestKey key,
        Booked booked,
        Instant at,
        Actor actor) {
    /** Copies the lists. */
    public AudienceDefinitionChange {
        written = List.copyOf(written);
        deleted = List.copyOf(deleted);
    }
}
