package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagOutcome;
import dev.retailcrm.tags.spi.TagBatchStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Batches of tags in memory. Thread-safe. */
final class InMemoryTagBatchStore implements TagBatchStore {
    private final InMemoryDatabase database;

    InMemoryTagBatchStore(InMemoryDatabase database) {
        this.database = database;
    }

    private Optional<TagBatchRows> rows(TenantId tenant, String batch) {
        ValueRow<TagBatchRows> row = database.tenant(tenant).tagBatches.get(batch);
        return row == null ? Optional.empty() : row.value(database.unitOfWork().joined());
    }

    @Override
    public Optional<TagBatchProgress> find(TenantId tenant, String batch) {
        return rows(tenant, batch).map(TagBatchRows::progress);
    }

    @Override
    public Optional<TagBatchProgress> lock(TenantId tenant, String batch) {
        ValueRow<TagBatchRows> row = database.tenant(tenant).tagBatches.get(batch);
        if (row != null) {
            database.unitOfWork().required().lock(row);
        }
        return find(tenant, batch);
    }

    @Override
    public boolean open(TenantId tenant, TagBatchProgress batch) {
        ValueRow<TagBatchRows> row =
                database.tenant(tenant).tagBatches.computeIfAbsent(batch.batch().id(), absent -> new ValueRow<>());
        InMemoryTransaction transaction = database.unitOfWork().required();
        transaction.lock(row);
        if (row.value(transaction).isPresent()) {
            return false;
        }
        row.put(new TagBatchRows(batch, Map.of()));
        return true;
    }

    @Override
    public void write(TenantId tenant, TagBatchProgress batch, List<TagOutcome> outcomes) {
        String id = batch.batch().id();
        ValueRow<TagBatchRows> row = database.tenant(tenant).tagBatches.get(id);
        InMemoryTransaction transaction = database.unitOfWork().required();
        if (row == null || !row.isOwnedBy(transaction)) {
            throw new IllegalStateException("the batch is not locked");
        }
        List<TagOutcome> others = outcomes.stream()
                .filter(it -> entries(tenant, id, it.customer()).isEmpty())
                .toList();
        row.value(transaction).ifPresent(before -> row.put(before.and(batch, others)));
    }

    @Override
    public Set<CustomerId> known(TenantId tenant, String batch, Collection<CustomerId> customers) {
        Set<CustomerId> known = new HashSet<>();
        Map<CustomerId, TagOutcome> told =
                rows(tenant, batch).map(TagBatchRows::outcomes).orElse(Map.of());
        for (CustomerId customer : customers) {
            if (told.containsKey(customer) || !entries(tenant, batch, customer).isEmpty()) {
                known.add(customer);
            }
        }
        return known;
    }

    @Override
    public List<TagOutcome> outcomes(TenantId tenant, String batch, @Nullable CustomerId after, int limit) {
        Map<CustomerId, TagOutcome> all = new TreeMap<>();
        rows(tenant, batch).ifPresent(it -> all.putAll(it.outcomes()));
        changed(tenant, batch, null, Integer.MAX_VALUE)
                .forEach(it -> all.put(it, new TagOutcome(it, TagOutcome.Kind.CHANGED, null)));
        return all.values().stream()
                .filter(it -> after == null || it.customer().compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public List<CustomerId> changed(TenantId tenant, String batch, @Nullable CustomerId after, int limit) {
        List<CustomerId> changed = new ArrayList<>();
        for (CustomerRows rows : database.tenant(tenant).after(after)) {
            if (changed.size() < limit && !entries(tenant, batch, rows.id).isEmpty()) {
                changed.add(rows.id);
            }
        }
        return changed;
    }

    @Override
    public Map<CustomerId, List<TagEntry>> lasting(TenantId tenant, String batch, Collection<CustomerId> customers) {
        Map<CustomerId, List<TagEntry>> found = new HashMap<>();
        for (CustomerId customer : customers) {
            List<TagEntry> all = all(tenant, customer);
            List<TagEntry> lasting = all.stream()
                    .filter(it -> batch.equals(it.batch()))
                    .filter(it -> all.stream()
                            .noneMatch(later ->
                                    later.seq() > it.seq() && later.tag().equals(it.tag())))
                    .toList();
            if (!lasting.isEmpty()) {
                found.put(customer, lasting);
            }
        }
        return found;
    }

    private List<TagEntry> entries(TenantId tenant, String batch, CustomerId customer) {
        return all(tenant, customer).stream()
                .filter(it -> batch.equals(it.batch()))
                .toList();
    }

    private List<TagEntry> all(TenantId tenant, CustomerId customer) {
        CustomerRows rows = database.tenant(tenant).find(customer);
        return rows == null
                ? List.of()
                : rows.other(database.unitOfWork().joined(), TagMarks.class)
                        .orElse(TagMarks.NONE)
                        .entries();
    }
}
