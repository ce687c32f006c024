package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.AutoTagRun;
import dev.retailcrm.tags.spi.AutoTagStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is due of automatic tags, in memory. Thread-safe. */
final class InMemoryAutoTagStore implements AutoTagStore {
    private final InMemoryDatabase database;

    InMemoryAutoTagStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void hold(TenantId tenant, Collection<CustomerId> customers) {
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                database.unitOfWork().required().lock(rows);
            }
        }
    }

    @Override
    public Map<CustomerId, Instant> due(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                due(rows).ifPresent(it -> found.put(customer, it));
            }
        }
        return found;
    }

    private Optional<Instant> due(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), TagDueRows.class)
                .flatMap(it -> Optional.ofNullable(it.due()));
    }

    @Override
    public void schedule(TenantId tenant, Map<CustomerId, Instant> due) {
        due.forEach((customer, at) -> database.locked(tenant, customer).put(new TagDueRows(at)));
    }

    @Override
    public int unschedule(TenantId tenant, Set<CustomerId> customers) {
        Set<CustomerId> due = due(tenant, customers).keySet();
        due.forEach(it -> database.locked(tenant, it).put(new TagDueRows(null)));
        return due.size();
    }

    @Override
    public List<CustomerId> overdue(TenantId tenant, Instant at, int limit) {
        Map<CustomerId, Instant> all = new TreeMap<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            due(rows).filter(it -> !it.isAfter(at)).ifPresent(it -> all.put(rows.id, it));
        }
        return all.entrySet().stream()
                .sorted(Map.Entry.<CustomerId, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public List<AutoTagRun> runs(TenantId tenant) {
        return database.tenant(tenant).tagRuns.values().stream()
                .flatMap(it -> run(it).stream())
                .sorted(Comparator.comparing(AutoTagRun::startedAt).thenComparing(AutoTagRun::key))
                .toList();
    }

    private Optional<AutoTagRun> run(ValueRow<Optional<AutoTagRun>> row) {
        return row.value(database.unitOfWork().joined()).flatMap(it -> it);
    }

    @Override
    public Optional<AutoTagRun> lockRun(TenantId tenant, String key) {
        return run(locked(tenant, key));
    }

    private ValueRow<Optional<AutoTagRun>> locked(TenantId tenant, String key) {
        ValueRow<Optional<AutoTagRun>> row =
                database.tenant(tenant).tagRuns.computeIfAbsent(key, first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        return row;
    }

    @Override
    public void write(TenantId tenant, AutoTagRun run) {
        locked(tenant, run.key()).put(Optional.of(run));
    }

    @Override
    public void end(TenantId tenant, String key) {
        locked(tenant, key).put(Optional.empty());
    }
}
