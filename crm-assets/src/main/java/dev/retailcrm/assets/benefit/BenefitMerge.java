package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Grants, cards and redemptions of a merged customer become the survivor's, and what was used of limits counts for the two as for one. Taken apart, each
 * has what was hers again, with what became of it meanwhile. Histories stay where they were written. Thread-safe.
 */
public final class BenefitMerge implements MergeParticipant {
    private static final String NAME = "benefits";

    private final BenefitStore store;
    private final CustomerStore customers;

    /**
     * On this store.
     *
     * @param customers tell who else is merged into a customer
     */
    public BenefitMerge(BenefitStore store, CustomerStore customers) {
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
        return MergePart.of(NAME, Map.of(), List.of());
    }

    @Override
    public MergePart merge(MergePair pair) {
        store.adopt(pair.tenant(), pair.merged(), pair.survivor());
        return MergePart.of(NAME, Map.of(), List.of());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        Set<CustomerId> homes = new HashSet<>();
        addAllOf(pair.tenant(), pair.merged(), homes);
        store.disown(pair.tenant(), pair.merged(), pair.survivor(), homes);
        return List.of();
    }

    /** She, and all who are merged into her, over any number of merges. */
    private void addAllOf(TenantId tenant, CustomerId customer, Set<CustomerId> all) {
        if (all.add(customer)) {
            customers.mergedInto(tenant, customer).forEach(it -> addAllOf(tenant, it, all));
        }
    }
}
