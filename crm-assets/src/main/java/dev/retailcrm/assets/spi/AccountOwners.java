package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** Tells who may own an account. Asked only when an account is about to be opened. Thread-safe; joins the current transaction. */
public interface AccountOwners {
    /** <b>[AO-1]</b> Those of the given customers that exist in this tenant and were not merged into another. */
    Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[AO-2]</b> The customer this one was merged into, directly; empty if she was not, or does not exist. */
    Optional<CustomerId> survivor(TenantId tenant, CustomerId customer);
}
