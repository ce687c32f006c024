package dev.retailcrm.core.spi;

import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnershipOwners;
import java.util.Map;
import java.util.Set;

/** Knows who looks after customers; {@link OwnershipOwners} by their ownership. Thread-safe. */
@FunctionalInterface
public interface CustomerOwners {
    /**
     * <b>[CO-1]</b> Who looks after these customers, of this tenant alone; a customer without owners may be missing. <b>[CO-2]</b> For the
     * old id of one who was merged, who looks after the survivor, or nobody. <b>[CO-3]</b> One question to the database for up to
     * 1,000, and one more for each merge on the way.
     */
    Map<CustomerId, Owners> of(TenantId tenant, Set<CustomerId> customers);
}
