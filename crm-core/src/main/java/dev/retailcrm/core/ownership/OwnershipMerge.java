package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import dev.retailcrm.core.spi.OwnershipStore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The survivor keeps her owner; in the pool, she gets the merged customer's, for as long as they are one. An offer of the merged customer
 * that waits is withdrawn. Taken apart, she has the owner she would have without that merge: one of those who stay merged, or none. Neither is a transfer, and no rule is asked. Histories stay where they were written. Thread-safe.
 */
public final class OwnershipMerge implements MergeParticipant {
    private static final String NAME = "ownership";
    private static final String INHERITED = "inherited#";
    private static final String KEPT = "kept#";
    private static final int PAGE = 500;

    private final OwnershipStore store;
    private final CustomerStore customers;

    /**
     * On this store.
     *
     * @param customers tell who else is merged into a customer
     */
    public OwnershipMerge(OwnershipStore store, CustomerStore customers) {
        this.store = store;
        this.customers = customers;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        pair.both().forEach(customer -> locked(pair, customer));
    }

    @Override
    public MergePart preview(MergePair pair) {
        var owners = store.owners(pair.tenant(), pair.both());
        return part(owners.containsKey(pair.merged()) && !owners.containsKey(pair.survivor()), "");
    }

    @Override
    public MergePart merge(MergePair pair) {
        OwnershipSnapshot survivor = locked(pair, pair.survivor());
        OwnershipSnapshot merged = locked(pair, pair.merged());
        write(file(merged).leave(pair.at()));
        Tenure hers = merged.tenure();
        if (survivor.tenure() != null || hers == null) {
            return part(false, KEPT + survivor.lastSeq());
        }
        OwnershipChange change = file(survivor).inherit(hers, pair.at());
        write(change);
        return part(true, INHERITED + change.after().lastSeq());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return wasGivenSince(pair, merged.receipt())
                ? List.of(MergeConflict.told(NAME, "owner", "CHANGED_SINCE", 0))
                : List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        List<MergeConflict> conflicts = previewUnmerge(pair, merged);
        OwnershipSnapshot survivor = locked(pair, pair.survivor());
        if (conflicts.isEmpty() && isInherited(pair)) {
            Tenure next = ofOthers(pair);
            if (next == null) {
                write(file(survivor).giveBack(pair.at()));
            } else if (!next.equals(survivor.tenure())) {
                write(file(survivor).inherit(next, pair.at()));
            }
        }
        return conflicts;
    }

    /** Whether she has her owner by a merge, and not by a command. */
    private boolean isInherited(MergePair pair) {
        OwnershipAct last = OwnershipAct.RETURNED;
        List<OwnershipEntry> page = store.entries(pair.tenant(), pair.survivor(), 0, PAGE);
        while (!page.isEmpty()) {
            for (OwnershipEntry entry : page) {
                OwnershipAct act = entry.act();
                boolean counts = act.isGiving() || act == OwnershipAct.INHERITED || act == OwnershipAct.RETURNED;
                last = counts ? act : last;
            }
            page = store.entries(
                    pair.tenant(), pair.survivor(), page.get(page.size() - 1).seq(), PAGE);
        }
        return last == OwnershipAct.INHERITED;
    }

    /** The owner of one who stays merged into the survivor; {@code null} if none of them has one. */
    private @Nullable Tenure ofOthers(MergePair pair) {
        for (CustomerId other : customers.mergedInto(pair.tenant(), pair.survivor())) {
            Tenure tenure =
                    other.equals(pair.merged()) ? null : locked(pair, other).tenure();
            if (tenure != null) {
                return tenure;
            }
        }
        return null;
    }

    /** Whether a command gave the survivor to somebody, or to a pool, after the merge. */
    private boolean wasGivenSince(MergePair pair, String receipt) {
        long seq = Long.parseLong(receipt.substring(receipt.indexOf('#') + 1));
        while (true) {
            List<OwnershipEntry> page = store.entries(pair.tenant(), pair.survivor(), seq, PAGE);
            if (page.stream().anyMatch(entry -> entry.act().isGiving())) {
                return true;
            }
            if (page.size() < PAGE) {
                return false;
            }
            seq = page.get(PAGE - 1).seq();
        }
    }

    private static MergePart part(boolean inherited, String receipt) {
        return new MergePart(NAME, Map.of("owners", inherited ? 1L : 0L), List.of(), receipt);
    }

    private void write(OwnershipChange change) {
        if (!change.entries().isEmpty()) {
            store.apply(change);
        }
    }

    private static OwnershipFile file(OwnershipSnapshot state) {
        return new OwnershipFile(state, OwnershipRules.none());
    }

    private OwnershipSnapshot locked(MergePair pair, CustomerId customer) {
        return store.lock(pair.tenant(), customer)
                .orElseThrow(() -> CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer));
    }
}
