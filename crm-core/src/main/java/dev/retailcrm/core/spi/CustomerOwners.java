package dev.retailcrm.core.spi;

import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Map;
import java.util.Set;

/** Knows who looks after customers. Thread-safe. */
@FunctionalInterface
public interface CustomerOwners {
    /**
     * <b>[CO-1]</b> Who looks after these customers, of this tenant alone; a customer without owners may be missing. <b>[CO-2]</b> For the
     * old id of one who was merged, who looks after the survivor, or nobody. <b>[CO-3]</b> One question to the database at most.
     */
    Map<CustomerId, Owners> of(TenantId tenant, Set<CustomerId> customers);
}
