package dev.retailcrm.tags.sync;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncStore;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * What was compared of the merged customer is the survivor's, since the outside system knows the survivor by the same references: what it and
 * both had goes on to be compared, and no policy decides anew. Of a reference that both had the later comparison stays. Taken apart, each has her
 * own again, as they were compared last. Thread-safe.
 */
public final class SyncMerge implements MergeParticipant {
    private static final String NAME = "tag-sync";

    private final SyncStore store;
    private final CustomerStore customers;

    /**
     * On this store.
     *
     * @param customers tell who else is merged into a customer
     */
    public SyncMerge(SyncStore store, CustomerStore customers) {
        this.store = store;
        this.customers = customers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        store.lock(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return part(store.of(pair.tenant(), pair.merged()));
    }

    private static MergePart part(SortedMap<String, List<SyncMark>> marks) {
        return MergePart.of(NAME, Map.of("marks", number(marks)), List.of());
    }

    private static long number(SortedMap<String, List<SyncMark>> marks) {
        return marks.values().stream().mapToLong(List::size).sum();
    }

    @Override
    public MergePart merge(MergePair pair) {
        SortedMap<String, List<SyncMark>> theirs = taken(pair.tenant(), pair.merged());
        Map<String, List<SyncMark>> hers = theirs.isEmpty() ? Map.of() : store.of(pair.tenant(), pair.survivor());
        theirs.forEach((channel, marks) -> {
            for (SyncMark mark : marks) {
                long version = mark.version();
                boolean isLater = true;
                for (SyncMark same : hers.getOrDefault(channel, List.of())) {
                    if (same.ref().equals(mark.ref())) {
                        version = Math.max(version, same.version());
                        isLater = mark.run() > same.run();
                    }
                }
                if (isLater) {
                    store.write(pair.tenant(), channel, mark.of(pair.survivor(), version));
                }
            }
        });
        return part(theirs);
    }

    private SortedMap<String, List<SyncMark>> taken(TenantId tenant, CustomerId customer) {
        SortedMap<String, List<SyncMark>> marks = store.of(tenant, customer);
        if (!marks.isEmpty()) {
            store.remove(tenant, customer, (int) number(marks));
        }
        return marks;
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        Set<CustomerId> theirs = new HashSet<>();
        addAllOf(pair.tenant(), pair.merged(), theirs);
        taken(pair.tenant(), pair.survivor()).forEach((channel, marks) -> {
            for (SyncMark mark : marks) {
                CustomerId owner = theirs.contains(mark.home()) ? pair.merged() : pair.survivor();
                store.write(pair.tenant(), channel, mark.of(owner, mark.version()));
            }
        });
        return List.of();
    }

    /** She, and all who are merged into her, over any number of merges. */
    private void addAllOf(TenantId tenant, CustomerId customer, Set<CustomerId> all) {
        if (all.add(customer)) {
            customers.mergedInto(tenant, customer).forEach(it -> addAllOf(tenant, it, all));
        }
    }
}
