package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.ConsentSnapshot;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The survivor gets a copy of every proof of the merged customer, so that the most restrictive answer of both counts; the merged one keeps
 * hers. When they are taken apart, the copies go, and refusals recorded meanwhile count for both: nobody can tell whose they were.
 * Thread-safe.
 */
public final class ConsentMerge implements MergeParticipant {
    private static final String NAME = "consent";
    private static final Set<ConsentAct> REFUSALS =
            Set.of(ConsentAct.DENIED, ConsentAct.WITHDRAWN, ConsentAct.BOUNCED, ConsentAct.COMPLAINED);

    private final ConsentStore store;

    /** On this store. */
    public ConsentMerge(ConsentStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        pair.both().forEach(customer -> store.lock(pair.tenant(), customer));
    }

    @Override
    public MergePart preview(MergePair pair) {
        List<ConsentProof> proofs = find(pair, pair.merged()).history().proofs();
        boolean tooOften = proofs.stream().anyMatch(it -> it.origins().size() == ConsentProof.MAX_ORIGINS);
        List<MergeConflict> conflicts =
                tooOften ? List.of(MergeConflict.blocking(NAME, "origins", "MERGED_TOO_OFTEN")) : List.of();
        return MergePart.of(NAME, Map.of("proofs", (long) proofs.size()), conflicts);
    }

    @Override
    public MergePart merge(MergePair pair) {
        ConsentSnapshot survivor = locked(pair, pair.survivor());
        ConsentHistory hers = locked(pair, pair.merged()).history();
        long last = survivor.lastSeq() + hers.proofs().size();
        if (!hers.proofs().isEmpty()) {
            store.restate(survivor.with(survivor.history().absorb(pair.merged(), hers, survivor.lastSeq()), last));
        }
        return new MergePart(NAME, Map.of("proofs", (long) hers.proofs().size()), List.of(), Long.toString(last));
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return told(refusalsSince(find(pair, pair.survivor()), merged));
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        ConsentSnapshot survivor = locked(pair, pair.survivor());
        ConsentSnapshot other = locked(pair, pair.merged());
        List<ConsentProof> refusals = refusalsSince(survivor, merged);
        store.restate(survivor.with(survivor.history().without(pair.merged()), survivor.lastSeq()));
        if (!refusals.isEmpty()) {
            ConsentHistory more =
                    other.history().absorb(pair.survivor(), new ConsentHistory(refusals), other.lastSeq());
            store.restate(other.with(more, other.lastSeq() + refusals.size()));
        }
        return told(refusals);
    }

    private static List<MergeConflict> told(List<ConsentProof> refusals) {
        return refusals.isEmpty() ? List.of() : List.of(MergeConflict.told(NAME, "refusals", "COUNT_FOR_BOTH", 0));
    }

    /** What she refused, or what was found wrong with an address, after the merge. */
    private static List<ConsentProof> refusalsSince(ConsentSnapshot survivor, MergePart merged) {
        long last = Long.parseLong(merged.receipt());
        return survivor.history().proofs().stream()
                .filter(proof -> proof.seq() > last && proof.origins().isEmpty() && REFUSALS.contains(proof.act()))
                .toList();
    }

    private ConsentSnapshot locked(MergePair pair, CustomerId customer) {
        return store.lock(pair.tenant(), customer).orElseThrow(() -> unknown(customer));
    }

    private ConsentSnapshot find(MergePair pair, CustomerId customer) {
        ConsentSnapshot found = store.findAll(pair.tenant(), Set.of(customer)).get(customer);
        if (found == null) {
            throw unknown(customer);
        }
        return found;
    }

    private static CrmException unknown(CustomerId customer) {
        return CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
    }
}
