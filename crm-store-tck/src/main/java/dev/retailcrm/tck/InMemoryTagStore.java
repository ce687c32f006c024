package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagDefinitionChange;
import dev.retailcrm.tags.spi.TagSnapshot;
import dev.retailcrm.tags.spi.TagStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Tags in memory, counted anew each time. Thread-safe. */
final class InMemoryTagStore implements TagStore {
    private final InMemoryDatabase database;

    InMemoryTagStore(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public TagCatalog catalog(TenantId tenant) {
        return definitions(tenant).catalog();
    }

    private TagDefinitionRows definitions(TenantId tenant) {
        return database.tenant(tenant)
                .tags
                .value(database.unitOfWork().joined())
                .orElse(TagDefinitionRows.NONE);
    }

    @Override
    public TagCatalog lockDefinitions(TenantId tenant) {
        database.unitOfWork().required().lock(database.tenant(tenant).tags);
        return catalog(tenant);
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        return Optional.ofNullable(definitions(tenant).keys().get(key));
    }

    @Override
    public void define(TagDefinitionChange change) {
        ValueRow<TagDefinitionRows> row = database.tenant(change.tenant()).tags;
        if (!row.isOwnedBy(database.unitOfWork().required())) {
            throw new IllegalStateException("the definitions are not locked");
        }
        row.put(definitions(change.tenant()).and(change));
    }

    @Override
    public Map<CustomerId, TagSnapshot> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        for (CustomerId customer : new TreeSet<>(customers)) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null && rows.record(transaction).isPresent()) {
                transaction.lock(rows);
            }
        }
        return held(tenant, customers);
    }

    @Override
    public Map<CustomerId, TagSnapshot> held(TenantId tenant, Collection<CustomerId> customers) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        Map<CustomerId, TagSnapshot> found = new TreeMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.tenant(tenant).find(customer);
            if (rows != null) {
                TagMarks hers = hers(rows);
                rows.record(transaction)
                        .ifPresent(record -> found.put(
                                customer,
                                new TagSnapshot(
                                        tenant,
                                        customer,
                                        record.status(),
                                        record.mergedInto(),
                                        hers.lastSeq(),
                                        hers.changedAt(),
                                        hers.marks())));
            }
        }
        return found;
    }

    private TagMarks hers(CustomerRows rows) {
        return rows.other(database.unitOfWork().joined(), TagMarks.class).orElse(TagMarks.NONE);
    }

    @Override
    public boolean apply(TagChange change) {
        CustomerRows rows = database.locked(change.tenant(), change.customer());
        TagChange.Booking booking = change.booking();
        if (booking != null && !rows.book(booking.key(), booking.booked())) {
            return false;
        }
        if (!change.entries().isEmpty()) {
            rows.put(hers(rows).and(change.entries()));
            change.events().forEach(rows::tell);
        }
        return true;
    }

    @Override
    public void applyAll(List<TagChange> changes) {
        changes.forEach(this::apply);
    }

    @Override
    public long lockTag(TenantId tenant, String tag, Instant at) {
        database.unitOfWork()
                .required()
                .lock(database.tenant(tenant).tagLocks.computeIfAbsent(tag, first -> new ValueRow<>()));
        return customers(
                        tenant,
                        null,
                        mark -> mark.tag().equals(tag)
                                && !mark.isRemoval()
                                && (mark.until() == null || mark.until().isAfter(at)))
                .count();
    }

    @Override
    public Map<CustomerId, List<TagMark>> marks(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, List<TagMark>> found = new TreeMap<>();
        for (CustomerId customer : customers) {
            CustomerRows rows = database.survivor(tenant, customer);
            TagMarks hers = rows == null ? TagMarks.NONE : hers(rows);
            if (!hers.marks().isEmpty()) {
                found.put(customer, List.copyOf(hers.marks().values()));
            }
        }
        return found;
    }

    @Override
    public List<TagEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? List.of()
                : hers(rows).entries().stream()
                        .filter(it -> it.seq() > after)
                        .limit(limit)
                        .toList();
    }

    @Override
    public List<CustomerId> holders(
            TenantId tenant, Set<String> tags, Instant at, @Nullable CustomerId after, int limit) {
        return customers(tenant, after, mark -> tags.contains(mark.tag()) && mark.isAt(at))
                .limit(limit)
                .toList();
    }

    @Override
    public List<CustomerId> marked(TenantId tenant, String tag, @Nullable CustomerId after, int limit) {
        return customers(tenant, after, mark -> mark.tag().equals(tag))
                .limit(limit)
                .toList();
    }

    /** Who has a mark of this kind, ascending. */
    private Stream<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, Predicate<TagMark> asked) {
        return StreamSupport.stream(database.tenant(tenant).after(after).spliterator(), false)
                .filter(rows -> hers(rows).marks().values().stream().anyMatch(asked))
                .map(rows -> rows.id);
    }

    @Override
    public List<CustomerId> over(TenantId tenant, Instant at, int limit) {
        Map<CustomerId, Instant> ends = new TreeMap<>();
        for (CustomerRows rows : database.tenant(tenant).after(null)) {
            hers(rows).marks().values().stream()
                    .filter(it -> !it.isRemoval())
                    .flatMap(it -> Stream.ofNullable(it.until()))
                    .filter(it -> !it.isAfter(at))
                    .min(Comparator.naturalOrder())
                    .ifPresent(it -> ends.put(rows.id, it));
        }
        return ends.entrySet().stream()
                .sorted(Map.Entry.<CustomerId, Instant>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .limit(limit)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public long count(TenantId tenant, Set<String> tags, Instant at) {
        return database.scan(() -> customers(tenant, null, mark -> tags.contains(mark.tag()) && mark.isAt(at))
                .count());
    }

    @Override
    public Map<String, Long> counts(TenantId tenant, Instant at) {
        return database.scan(
                () -> StreamSupport.stream(database.tenant(tenant).after(null).spliterator(), false)
                        .flatMap(rows -> hers(rows).marks().values().stream())
                        .filter(it -> it.isAt(at))
                        .collect(Collectors.groupingBy(TagMark::tag, TreeMap::new, Collectors.counting())));
    }

    @Override
    public int fold(TenantId tenant, Instant before, int limit) {
        return 0;
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, Instant at, int limit) {
        CustomerRows rows = database.locked(tenant, customer);
        TagMarks hers = hers(rows);
        TagMarks left = hers.without(limit);
        if (!left.equals(hers)) {
            rows.put(left);
        }
        return hers.marks().size()
                + hers.entries().size()
                - left.marks().size()
                - left.entries().size();
    }
}
