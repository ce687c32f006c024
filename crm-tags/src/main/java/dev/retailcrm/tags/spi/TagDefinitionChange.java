package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;

/**
 * The decision of one command about a tenant's definitions, and all that is to be written with it. Immutable.
 *
 * @param written what is made, or takes the place of what has its kind and key
 * @param deleted what is there no more
 * @param key the request key, which is new
 * @param booked what is remembered under it
 */
public record TagDefinitionChange(
        TenantId tenant, List<TagItem> written, List<TagItem> deleted, RequestKey key, Booked booked) {
    /** Copies the lists. */
    public TagDefinitionChange {
        written = List.copyOf(written);
        deleted = List.copyOf(deleted);
    }
}
