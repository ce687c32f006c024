package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.behavior.TimelinePosition;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Behaviour in memory. Thread-safe. */
final class InMemoryBehaviorStore implements BehaviorStore {
    private final InMemoryDatabase database;

    InMemoryBehaviorStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Map<String, BehaviorType> types(TenantId tenant, Collection<String> names) {
        Map<String, BehaviorType> found = new HashMap<>();
        latest(tenant).filter(type -> names.contains(type.name())).forEach(type -> found.put(type.name(), type));
        return found;
    }

    @Override
    public List<BehaviorType> types(TenantId tenant, @Nullable String after, int limit) {
        return latest(tenant)
                .filter(type -> after == null || type.name().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<BehaviorType> expiring(TenantId tenant) {
        return latest(tenant).filter(type -> type.retentionDays() != null).toList();
    }

    private Stream<BehaviorType> latest(TenantId tenant) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        return database.tenant(tenant).types.values().stream()
                .flatMap(row -> row.value(reader).stream())
                .map(versions -> versions.get(versions.size() - 1));
    }

    @Override
    public Optional<BehaviorType> version(TenantId tenant, String name, int version) {
        ValueRow<List<BehaviorType>> row = database.tenant(tenant).types.get(name);
        return row == null
                ? Optional.empty()
                : row.value(database.unitOfWork().joined()).stream()
                        .flatMap(List::stream)
                        .filter(type -> type.version() == version)
                        .findFirst();
    }

    @Override
    public boolean define(TenantId tenant, BehaviorType type) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        ValueRow<List<BehaviorType>> row =
                database.tenant(tenant).types.computeIfAbsent(type.name(), absent -> new ValueRow<>());
        transaction.lock(row);
        List<BehaviorType> versions = new ArrayList<>(row.value(transaction).orElse(List.of()));
        if (versions.stream().anyMatch(kept -> kept.version() == type.version())) {
            return false;
        }
        versions.add(type);
        row.put(List.copyOf(versions));
        return true;
    }

    @Override
    public Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers) {
        return database.customers().standings(tenant, customers);
    }

    @Override
    public Map<CustomerId, Standing> hold(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        new TreeSet<>(customers).forEach(customer -> {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                transaction.lock(rows);
            }
        });
        return standings(tenant, customers);
    }

    @Override
    public Map<String, VisitorFile> open(TenantId tenant, Map<String, CustomerId> visitors) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<String, VisitorFile> found = new LinkedHashMap<>();
        new TreeMap<>(visitors).forEach((hash, proposed) -> {
            ValueRow<VisitorFile> row =
                    database.tenant(tenant).visitors.computeIfAbsent(hash, absent -> new ValueRow<>());
            transaction.lock(row);
            VisitorFile file = row.value(transaction).orElseGet(() -> VisitorFile.unlinked(proposed));
            row.put(file);
            found.put(hash, file);
        });
        return found;
    }

    @Override
    public Optional<VisitorFile> visitor(TenantId tenant, String hash) {
        ValueRow<VisitorFile> row = database.tenant(tenant).visitors.get(hash);
        return row == null ? Optional.empty() : row.value(database.unitOfWork().joined());
    }

    @Override
    public boolean link(TenantId tenant, String hash, VisitorFile after, RequestKey key, Booked booked) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        ValueRow<VisitorFile> row = database.tenant(tenant).visitors.get(hash);
        if (row == null || !row.isOwnedBy(transaction)) {
            throw new IllegalStateException("the visitor is not locked");
        }
        CustomerRows own = database.tenant(tenant).get(after.id());
        transaction.lock(own);
        if (!own.book(key, booked)) {
            return false;
        }
        row.put(after);
        after.customer().ifPresent(customer -> {
            SortedSet<String> hashes = new TreeSet<>(visitors(tenant, customer).hashes());
            hashes.add(hash);
            put(tenant, customer, new VisitorHashes(hashes));
        });
        return true;
    }

    @Override
    public List<String> visitors(TenantId tenant, CustomerId customer, int limit) {
        return visitors(tenant, customer).hashes().stream().limit(limit).toList();
    }

    @Override
    public void unlink(TenantId tenant, String hash, VisitorFile after, CustomerId customer) {
        Objects.requireNonNull(database.tenant(tenant).visitors.get(hash)).put(after);
        SortedSet<String> hashes = new TreeSet<>(visitors(tenant, customer).hashes());
        hashes.remove(hash);
        put(tenant, customer, new VisitorHashes(hashes));
    }

    /** The visitors a customer was. Immutable. */
    private record VisitorHashes(SortedSet<String> hashes) {
        VisitorHashes {
            hashes = Collections.unmodifiableSortedSet(hashes);
        }
    }

    private VisitorHashes visitors(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        Optional<VisitorHashes> found = rows == null
                ? Optional.empty()
                : rows.other(database.unitOfWork().joined(), VisitorHashes.class);
        return found.orElseGet(() -> new VisitorHashes(new TreeSet<>()));
    }

    private void put(TenantId tenant, CustomerId owner, Record row) {
        CustomerRows rows = database.tenant(tenant).get(owner);
        database.unitOfWork().required().lock(rows);
        rows.put(row);
    }

    @Override
    public Map<RecordedEvent, Long> record(TenantId tenant, List<RecordedEvent> events) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<RecordedEvent, Long> known = new HashMap<>();
        for (RecordedEvent event : events) {
            CustomerRows rows = database.tenant(tenant).get(event.owner());
            transaction.lock(rows);
            BehaviorRows before = events(tenant, event.owner());
            RecordedEvent kept = before.events().get(event.id());
            if (kept == null) {
                rows.put(before.with(event));
            } else {
                known.put(event, kept.fingerprint());
            }
        }
        return known;
    }

    @Override
    public Map<RecordedEvent, Long> kept(TenantId tenant, List<RecordedEvent> events) {
        Map<RecordedEvent, Long> kept = new HashMap<>();
        for (RecordedEvent event : events) {
            RecordedEvent there = events(tenant, event.owner()).events().get(event.id());
            if (there != null) {
                kept.put(event, there.fingerprint());
            }
        }
        return kept;
    }

    @Override
    public List<RecordedEvent> timeline(
            TenantId tenant,
            TimelineQuery query,
            List<Retention> retentions,
            @Nullable TimelinePosition before,
            int limit) {
        return events(tenant, query.owner())
                .latestFirst(
                        event -> query.matches(event)
                                && !BehaviorRows.isPast(retentions).test(event)
                                && (before == null || event.position().compareTo(before) < 0),
                        limit);
    }

    @Override
    public List<BehaviorStatistics> statistics(TenantId tenant, CustomerId owner, List<Retention> retentions) {
        return events(tenant, owner).statistics(retentions);
    }

    @Override
    public void remove(TenantId tenant, CustomerId owner, Collection<BehaviorId> ids) {
        BehaviorOrigins origins = origins(tenant, owner);
        BehaviorOrigins left = origins.without(ids);
        if (!left.equals(origins)) {
            put(tenant, owner, left);
        }
        take(tenant, owner, ids);
    }

    /** Takes events away, and not what is known of where they came from. */
    private void take(TenantId tenant, CustomerId owner, Collection<BehaviorId> ids) {
        BehaviorRows before = events(tenant, owner);
        BehaviorRows after = before.without(ids);
        if (!after.equals(before)) {
            put(tenant, owner, after);
        }
    }

    @Override
    public ExpiryProgress expire(TenantId tenant, List<Retention> retentions, @Nullable CustomerId after, int limit) {
        int owners = 0;
        int deleted = 0;
        CustomerId last = null;
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            List<BehaviorId> past =
                    events(tenant, rows.id).latestFirst(BehaviorRows.isPast(retentions), Integer.MAX_VALUE).stream()
                            .map(RecordedEvent::id)
                            .toList();
            if (owners < limit && !events(tenant, rows.id).events().isEmpty()) {
                owners++;
                deleted += past.size();
                last = rows.id;
                remove(tenant, rows.id, past);
            }
        }
        return new ExpiryProgress(deleted, owners < limit ? null : last);
    }

    private BehaviorRows events(TenantId tenant, CustomerId owner) {
        CustomerRows rows = database.tenant(tenant).find(owner);
        return rows == null
                ? BehaviorRows.NONE
                : rows.other(database.unitOfWork().joined(), BehaviorRows.class).orElse(BehaviorRows.NONE);
    }

    @Override
    public Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> owners) {
        Map<CustomerId, Instant> latest = new HashMap<>();
        for (CustomerId owner : owners) {
            events(tenant, owner).events().values().stream()
                    .map(RecordedEvent::occurredAt)
                    .max(Instant::compareTo)
                    .ifPresent(at -> latest.put(owner, at));
        }
        return latest;
    }

    @Override
    public int move(TenantId tenant, CustomerId from, CustomerId to) {
        BehaviorOrigins origins = origins(tenant, to);
        BehaviorOrigins hers = origins(tenant, from);
        BehaviorRows known = events(tenant, to);
        BehaviorRows there = known;
        List<RecordedEvent> moving = events(tenant, from).events().values().stream()
                .filter(event -> !known.events().containsKey(event.id()))
                .toList();
        for (RecordedEvent event : moving) {
            there = there.with(event.ownedBy(to));
            origins = origins.with(event.id(), hers.of(event.id()), from);
        }
        put(tenant, to, there);
        put(tenant, to, origins);
        take(tenant, from, moving.stream().map(RecordedEvent::id).toList());
        return moving.size();
    }

    @Override
    public int moveBack(TenantId tenant, CustomerId from, CustomerId to) {
        BehaviorOrigins origins = origins(tenant, from);
        BehaviorRows there = events(tenant, to);
        List<RecordedEvent> moving = events(tenant, from).events().values().stream()
                .filter(event -> origins.endWith(event.id(), to))
                .toList();
        for (RecordedEvent event : moving) {
            there = there.with(event.ownedBy(to));
        }
        put(tenant, to, there);
        take(tenant, from, moving.stream().map(RecordedEvent::id).toList());
        return moving.size();
    }

    private BehaviorOrigins origins(TenantId tenant, CustomerId owner) {
        CustomerRows rows = database.tenant(tenant).find(owner);
        return rows == null
                ? BehaviorOrigins.NONE
                : rows.other(database.unitOfWork().joined(), BehaviorOrigins.class)
                        .orElse(BehaviorOrigins.NONE);
    }
}
