package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerSnapshot;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Customers in memory as owners of accounts. Thread-safe. */
final class InMemoryAccountOwners implements AccountOwners {
    private final InMemoryDatabase database;

    InMemoryAccountOwners(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> customers) {
        TenantRows rows = database.tenant(tenant);
        InMemoryTransaction reader = database.unitOfWork().joined();
        return customers.stream()
                .filter(customer -> {
                    CustomerRows found = rows.find(customer);
                    return found != null
                            && found.record(reader)
                                    .filter(it -> it.mergedInto() == null)
                                    .isPresent();
                })
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<CustomerId> survivor(TenantId tenant, CustomerId customer) {
        return database.customers().find(tenant, customer).map(CustomerSnapshot::mergedInto);
    }
}
