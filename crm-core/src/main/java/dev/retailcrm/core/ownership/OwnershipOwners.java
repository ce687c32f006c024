package dev.retailcrm.core.ownership;

import com.google.common.collect.Lists;
import dev.retailcrm.core.access.Owners;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerOwners;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom customers belong to is who looks after them: a customer in the pool is nobody's, one in the pool of a store is the store's. One round
 * trip for up to {@value Ownership#MAX_CUSTOMERS} customers, one more for each merge on the way of an old id. Thread-safe.
 */
public final class OwnershipOwners implements CustomerOwners {
    private final OwnershipStore store;
    private final UnitOfWork work;

    /** The owners that this store keeps, as the current transaction sees them. */
    public OwnershipOwners(OwnershipStore store, UnitOfWork work) {
        this.store = Check.present(store, "ownership store");
        this.work = Check.present(work, "unit of work");
    }

    @Override
    public Map<CustomerId, Owners> of(TenantId tenant, Set<CustomerId> customers) {
        Map<CustomerId, Owners> owners = new HashMap<>();
        for (List<CustomerId> part : Lists.partition(List.copyOf(customers), Ownership.MAX_CUSTOMERS)) {
            work.read(() -> store.owners(tenant, part))
                    .forEach((customer, tenure) -> owners.put(customer, owners(tenure.owner())));
        }
        return owners;
    }

    private static Owners owners(Owner owner) {
        return new Owners(set(owner.staff()), set(owner.store()));
    }

    private static <T> Set<T> set(@Nullable T one) {
        return one == null ? Set.of() : Set.of(one);
    }
}
