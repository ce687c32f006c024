package dev.retailcrm.tck;

import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.spi.CustomerChange;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.LookupKey;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Customers in memory. Thread-safe. */
final class InMemoryCustomerStore implements CustomerStore {
    private static final Comparator<FieldChange> LATEST_FIRST = Comparator.comparing(FieldChange::version)
            .thenComparing(FieldChange::line)
            .reversed();

    private static final Comparator<Place> BY_PLACE = Comparator.comparing(Place::at)
            .thenComparing(Place::customer)
            .thenComparing(place -> place.position().version())
            .thenComparing(place -> place.position().line());

    private final InMemoryDatabase database;

    InMemoryCustomerStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public Optional<CustomerSnapshot> find(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? Optional.empty()
                : rows.record(database.unitOfWork().joined());
    }

    @Override
    public Optional<CustomerSnapshot> lock(TenantId tenant, CustomerId customer) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        CustomerRows rows = database.tenant(tenant).find(customer);
        if (rows == null || rows.record(transaction).isEmpty()) {
            return Optional.empty();
        }
        transaction.lock(rows);
        return rows.record(transaction);
    }

    @Override
    public Optional<CustomerId> holder(TenantId tenant, LookupKey key) {
        LookupRow row = database.tenant(tenant).lookups.get(key);
        return row == null ? Optional.empty() : row.holder(database.unitOfWork().joined());
    }

    /** {@inheritDoc} Everybody is looked at: there are few in memory. */
    @Override
    public List<CustomerSnapshot> findByLastFour(TenantId tenant, String four, @Nullable CustomerId after, int limit) {
        return records(tenant, after)
                .filter(record -> record.identities().stream()
                        .flatMap(it -> LookupKey.lastFour(it, record.id()).stream())
                        .anyMatch(key -> key.token().equals(four)))
                .limit(limit)
                .toList();
    }

    @Override
    public List<CustomerSnapshot> records(TenantId tenant, @Nullable CustomerId after, int limit) {
        return records(tenant, after).limit(limit).toList();
    }

    @Override
    public List<CustomerSnapshot> bornOn(TenantId tenant, LocalDate day, int limit) {
        return records(tenant, null)
                .filter(record -> record.profile()
                        .birthDate()
                        .flatMap(BirthDate::date)
                        .filter(day::equals)
                        .isPresent())
                .limit(limit)
                .toList();
    }

    private Stream<CustomerSnapshot> records(TenantId tenant, @Nullable CustomerId after) {
        return StreamSupport.stream(database.tenant(tenant).after(after).spliterator(), false)
                .flatMap(rows -> rows.record(database.unitOfWork().joined()).stream());
    }

    @Override
    public List<FieldChange> changes(TenantId tenant, HistoryQuery query, @Nullable Position before, int limit) {
        CustomerRows rows = database.tenant(tenant).find(query.customer());
        return rows == null
                ? List.of()
                : changes(rows)
                        .filter(query::matches)
                        .filter(it -> before == null
                                || it.version() < before.version()
                                || (it.version() == before.version() && it.line() < before.line()))
                        .sorted(LATEST_FIRST)
                        .limit(limit)
                        .toList();
    }

    @Override
    public List<FieldChange> changesBy(TenantId tenant, ActorQuery query, @Nullable Place before, int limit) {
        return StreamSupport.stream(database.tenant(tenant).after(null).spliterator(), false)
                .flatMap(this::changes)
                .filter(query::matches)
                .filter(it -> before == null || BY_PLACE.compare(place(it), before) < 0)
                .sorted(Comparator.comparing(InMemoryCustomerStore::place, BY_PLACE.reversed()))
                .limit(limit)
                .toList();
    }

    private static Place place(FieldChange change) {
        return new Place(change.at(), change.customer(), new Position(change.version(), change.line()));
    }

    private Stream<FieldChange> changes(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), ChangeRows.class).stream()
                .flatMap(it -> it.changes().stream());
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        List<CustomerId> found = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            if (found.size() == limit) {
                break;
            }
            if (rows.record(database.unitOfWork().joined()).isPresent()) {
                found.add(rows.id);
            }
        }
        return found;
    }

    @Override
    public Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Standing> found = new HashMap<>();
        customers.forEach(customer -> find(tenant, customer)
                .ifPresent(record ->
                        found.put(customer, new Standing(record.status(), record.changedAt(), record.mergedInto()))));
        return found;
    }

    @Override
    public List<CustomerId> mergedInto(TenantId tenant, CustomerId survivor) {
        return database.merges().of(tenant, survivor).stream()
                .filter(merge -> merge.endedAt() == null)
                .map(Merge::merged)
                .sorted()
                .toList();
    }

    /** {@inheritDoc} Nothing is enciphered here. */
    @Override
    public boolean renew(TenantId tenant, CustomerId customer) {
        return false;
    }

    @Override
    public Applied apply(CustomerChange change) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        TenantRows tenant = database.tenant(change.after().tenant());
        CustomerId customer = change.after().id();
        CustomerRows rows = tenant.get(customer);
        if (change.created()) {
            transaction.lock(rows);
        } else if (!rows.isOwnedBy(transaction)) {
            throw new IllegalStateException("the customer is not locked");
        }
        if (rows.booked(transaction, change.key()).isPresent()) {
            return Applied.repeated();
        }
        Map<LookupKey, CustomerId> taken = new TreeMap<>();
        for (LookupKey key : change.claims()) {
            claim(tenant.lookup(key), transaction).ifPresent(holder -> taken.put(key, holder));
        }
        if (!taken.isEmpty()) {
            return Applied.taken(taken);
        }
        List<LookupKey> releases = new ArrayList<>(change.releases());
        if (change.after().status() == CustomerStatus.ERASED) {
            rows.other(transaction, ValueRows.class).ifPresent(it -> releases.addAll(it.claimed()));
            new InMemoryReviewStore(database).close(change.after().tenant(), customer);
        }
        for (LookupKey key : releases) {
            LookupRow row = tenant.lookup(key);
            transaction.lock(row);
            row.give(null);
        }
        change.claims().forEach(key -> tenant.lookup(key).give(customer));
        rows.apply(change);
        return Applied.done();
    }

    @Override
    public List<Applied> applyAll(List<CustomerChange> changes) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        changes.stream()
                .flatMap(change -> change.claims().stream()
                        .map(key -> Map.entry(key, change.after().tenant())))
                .sorted(Map.Entry.comparingByKey())
                .forEach(claim -> claim(database.tenant(claim.getValue()).lookup(claim.getKey()), transaction));
        return changes.stream().map(this::apply).toList();
    }

    @Override
    public Map<LookupKey, CustomerId> holders(TenantId tenant, Set<LookupKey> keys) {
        Map<LookupKey, CustomerId> holders = new HashMap<>();
        keys.forEach(key -> holder(tenant, key).ifPresent(holder -> holders.put(key, holder)));
        return holders;
    }

    /** Locks a key that nobody holds; else returns the holder. */
    private static Optional<CustomerId> claim(LookupRow row, InMemoryTransaction transaction) {
        Optional<CustomerId> holder = row.holder(transaction);
        if (holder.isPresent()) {
            return holder;
        }
        transaction.lock(row);
        return row.holder(transaction);
    }
}
