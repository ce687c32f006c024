package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.spi.MergeStore;
import java.util.List;
import java.util.stream.Stream;

/** Merges in memory. Thread-safe. */
final class InMemoryMergeStore implements MergeStore {
    private final InMemoryDatabase database;

    InMemoryMergeStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void write(TenantId tenant, Merge merge) {
        CustomerRows rows = database.locked(tenant, merge.survivor());
        rows.put(new MergeRows(Stream.concat(Stream.of(merge), of(tenant, merge.survivor()).stream())
                .toList()));
    }

    @Override
    public void end(TenantId tenant, Merge merge) {
        CustomerRows rows = database.locked(tenant, merge.survivor());
        rows.put(new MergeRows(of(tenant, merge.survivor()).stream()
                .map(it -> it.survivorVersion() == merge.survivorVersion() ? merge : it)
                .toList()));
    }

    @Override
    public List<Merge> of(TenantId tenant, CustomerId survivor) {
        CustomerRows rows = database.tenant(tenant).find(survivor);
        return rows == null
                ? List.of()
                : rows.other(database.unitOfWork().joined(), MergeRows.class)
                        .map(MergeRows::merges)
                        .orElse(List.of());
    }
}
