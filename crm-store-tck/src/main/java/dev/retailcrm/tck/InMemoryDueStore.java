package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.RuleRun;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** What is due of rules, in memory. Thread-safe. */
final class InMemoryDueStore implements DueStore {
    private final InMemoryDatabase database;
    private final Kind kind;

    /** Of which rules; each kind is kept apart. */
    enum Kind {
        TAGS,
        AUDIENCES
    }

    InMemoryDueStore(InMemoryDatabase database, Kind kind) {
        this.database = database;
        this.kind = kind;
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
        return rows.other(database.unitOfWork().joined(), DueRows.class)
                .flatMap(it -> Optional.ofNullable(it.due().get(kind)));
    }

    @Override
    public void schedule(TenantId tenant, Map<CustomerId, Instant> due) {
        due.forEach((customer, at) -> put(tenant, customer, at));
    }

    private void put(TenantId tenant, CustomerId customer, @Nullable Instant at) {
        CustomerRows rows = database.locked(tenant, customer);
        Map<Kind, Instant> all = new EnumMap<>(Kind.class);
        rows.other(database.unitOfWork().joined(), DueRows.class).ifPresent(it -> all.putAll(it.due()));
        if (at == null) {
            all.remove(kind);
        } else {
            all.put(kind, at);
        }
        rows.put(new DueRows(all));
    }

    @Override
    public int unschedule(TenantId tenant, Set<CustomerId> customers) {
        Set<CustomerId> due = due(tenant, customers).keySet();
        due.forEach(it -> put(tenant, it, null));
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
    public List<RuleRun> runs(TenantId tenant) {
        return runs(tenant, kind).values().stream()
                .flatMap(it -> run(it).stream())
                .sorted(Comparator.comparing(RuleRun::startedAt).thenComparing(RuleRun::key))
                .toList();
    }

    private ConcurrentMap<String, ValueRow<Optional<RuleRun>>> runs(TenantId tenant, Kind of) {
        return database.tenant(tenant).ruleRuns.computeIfAbsent(of, first -> new ConcurrentHashMap<>());
    }

    private Optional<RuleRun> run(ValueRow<Optional<RuleRun>> row) {
        return row.value(database.unitOfWork().joined()).flatMap(it -> it);
    }

    @Override
    public Optional<RuleRun> lockRun(TenantId tenant, String key) {
        return run(locked(tenant, key));
    }

    private ValueRow<Optional<RuleRun>> locked(TenantId tenant, String key) {
        ValueRow<Optional<RuleRun>> row = runs(tenant, kind).computeIfAbsent(key, first -> new ValueRow<>());
        database.unitOfWork().required().lock(row);
        return row;
    }

    @Override
    public void write(TenantId tenant, RuleRun run) {
        locked(tenant, run.key()).put(Optional.of(run));
    }

    @Override
    public void end(TenantId tenant, String key) {
        locked(tenant, key).put(Optional.empty());
    }
}
