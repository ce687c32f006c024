package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks the rules of automatic tags about the survivor of a merge, or about both if it is taken back, once everything else is done. Thread-safe. */
final class AutoTagMerge implements MergeParticipant {
    private static final String NAME = "auto-tags";

    private final AutoTagging tagging;

    AutoTagMerge(AutoTagging tagging) {
        this.tagging = tagging;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Nothing more: the tags of both are locked. */
    @Override
    public void lock(MergePair pair) {}

    @Override
    public MergePart preview(MergePair pair) {
        return new MergePart(NAME, Map.of(), List.of(), "");
    }

    @Override
    public MergePart merge(MergePair pair) {
        Set<CustomerId> both = Set.copyOf(pair.both());
        tagging.runAll(both, pair.at());
        return new MergePart(NAME, Map.of(), List.of(), "");
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        tagging.runAll(Set.copyOf(pair.both()), pair.at());
        return List.of();
    }
}
