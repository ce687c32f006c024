package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.spi.StageStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Stages in memory. Thread-safe. */
final class InMemoryStageStore implements StageStore {
    private final InMemoryDatabase database;

    InMemoryStageStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<StageSnapshot> find(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null ? Optional.empty() : stage(rows);
    }

    @Override
    public Map<CustomerId, StageSnapshot> lock(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<CustomerId, StageSnapshot> found = new LinkedHashMap<>();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && stage(rows).isPresent()) {
                transaction.lock(rows);
                stage(rows).ifPresent(stage -> found.put(customer, stage));
            }
        }
        return found;
    }

    @Override
    public void applyAll(List<StageChange> changes) {
        for (StageChange change : changes) {
            StageSnapshot after = change.after();
            CustomerRows rows = database.locked(after.tenant(), after.customer());
            rows.put(new StageRows(after));
            change.events().forEach(rows::tell);
        }
    }

    @Override
    public List<CustomerId> due(TenantId tenant, Instant at, int limit) {
        List<Due> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            stage(rows)
                    .map(StageSnapshot::due)
                    .filter(due -> !due.isAfter(at))
                    .ifPresent(due -> found.add(new Due(due, rows.id)));
        }
        return found.stream()
                .sorted(Comparator.comparing(Due::at).thenComparing(Due::customer))
                .limit(limit)
                .map(Due::customer)
                .toList();
    }

    private record Due(Instant at, CustomerId customer) {}

    private Optional<StageSnapshot> stage(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), StageRows.class).map(StageRows::stage);
    }
}
