package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.List;
import java.util.Map;

/**
 * What a merged customer used of caps is used by the survivor as well, so that caps hold for the two as for one. What she earned stays in her books, and is
 * found, released and taken back by its key as if it were the survivor's. Thread-safe.
 */
public final class EarnMerge implements MergeParticipant {
    private static final String NAME = "earning";

    private final EarnStore store;

    /** On this store. */
    public EarnMerge(EarnStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Nothing more: the wallets of both are locked with the ledger, and their records. */
    @Override
    public void lock(MergePair pair) {}

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
        store.disown(pair.tenant(), pair.merged(), pair.survivor());
        return List.of();
    }
}
