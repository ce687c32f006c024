package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.spi.ErasureStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Erasures in memory. Thread-safe. */
final class InMemoryErasureStore implements ErasureStore {
    private final InMemoryDatabase database;

    InMemoryErasureStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<Erasure> find(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? Optional.empty()
                : rows.other(database.unitOfWork().joined(), Erasure.class);
    }

    @Override
    public void write(TenantId tenant, Erasure erasure) {
        database.locked(tenant, erasure.customer()).put(erasure);
    }

    @Override
    public List<Erasure> open(TenantId tenant, @Nullable CustomerId after, int limit) {
        return StreamSupport.stream(database.tenant(tenant).after(after).spliterator(), false)
                .flatMap(rows -> find(tenant, rows.id).stream())
                .filter(erasure -> erasure.state().isOpen())
                .limit(limit)
                .toList();
    }
}
