package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore;
import java.util.HashMap;
import java.util.Map;
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

    @Override
    public Map<RequestKey, Booked> findAll(TenantId tenant, Map<RequestKey, CustomerId> keys) {
        Map<RequestKey, Booked> found = new HashMap<>();
        keys.forEach((key, customer) -> find(tenant, customer, key).ifPresent(booked -> found.put(key, booked)));
        return found;
    }

    @Override
    public void adopt(TenantId tenant, CustomerId from, CustomerId to) {
        CustomerRows rows = database.locked(tenant, to);
        database.locked(tenant, from).keys().forEach((key, booked) -> {
            CustomerId home = booked.home() == null ? from : booked.home();
            rows.book(key, new Booked(booked.fingerprint(), booked.answer(), home));
        });
    }

    @Override
    public void disown(TenantId tenant, CustomerId from, CustomerId to) {
        CustomerRows rows = database.locked(tenant, to);
        Map<RequestKey, Booked> adopted = rows.keys();
        database.locked(tenant, from).keys().forEach((key, booked) -> {
            CustomerId home = booked.home() == null ? from : booked.home();
            Booked found = adopted.get(key);
            if (found != null && home.equals(found.home())) {
                rows.unbook(key);
            }
        });
    }
}
