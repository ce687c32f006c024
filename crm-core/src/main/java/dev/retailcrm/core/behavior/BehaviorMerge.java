package dev.retailcrm.core.behavior;

import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.MergeParticipant;
import java.util.List;
import java.util.Map;

/**
 * What a merged customer did becomes what the survivor did; what her visitors do from then on is recorded for the survivor. Whoever
 * records events holds the records of their customers, so a merge waits for recordings, and they for it. Thread-safe.
 */
public final class BehaviorMerge implements MergeParticipant {
    private static final String NAME = "behavior";

    private final BehaviorStore store;

    /** On this store. */
    public BehaviorMerge(BehaviorStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** {@inheritDoc} Nothing but the records of both. */
    @Override
    public void lock(MergePair pair) {}

    @Override
    public MergePart preview(MergePair pair) {
        long events = store.statistics(pair.tenant(), pair.merged(), List.of()).stream()
                .mapToLong(BehaviorStatistics::count)
                .sum();
        return MergePart.of(NAME, Map.of("events", events), List.of());
    }

    @Override
    public MergePart merge(MergePair pair) {
        long events = store.move(pair.tenant(), pair.merged(), pair.survivor());
        return MergePart.of(NAME, Map.of("events", events), List.of());
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        store.moveBack(pair.tenant(), pair.survivor(), pair.merged());
        return List.of();
    }
}
