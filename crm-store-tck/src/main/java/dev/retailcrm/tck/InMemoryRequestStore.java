package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore;
import java.util.Optional;

/** Request keys in memory. Thread-safe. */
final class InMemoryRequestStore implements RequestStore {
    private final InMemoryDatabase database;

    InMemoryRequestStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Booked> find(TenantId tenant, CustomerId customer, RequestKey key) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? Optional.empty()
                : rows.booked(database.unitOfWork().joined(), key);
    }
}
