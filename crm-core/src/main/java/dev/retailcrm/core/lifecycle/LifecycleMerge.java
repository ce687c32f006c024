package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.LifecyclePorts;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.StageSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * After orders were moved, the survivor is at the stage that follows from those of both, and time changes the merged customer's no more;
 * after they were taken apart, each is at her own. Comes after the participant of trade. Customers whose stages nobody follows are left
 * alone. Thread-safe.
 */
final class LifecycleMerge implements MergeParticipant {
    private static final String NAME = "lifecycle";

    private final StageBooks books;
    private final LifecyclePorts ports;

    LifecycleMerge(StageBooks books, LifecyclePorts ports) {
        this.books = books;
        this.ports = ports;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void lock(MergePair pair) {
        ports.stages().lock(pair.tenant(), pair.both());
    }

    @Override
    public MergePart preview(MergePair pair) {
        return MergePart.of(NAME, Map.of(), List.of());
    }

    @Override
    public MergePart merge(MergePair pair) {
        Map<CustomerId, StageSnapshot> stages = ports.stages().lock(pair.tenant(), pair.both());
        StageSnapshot merged = stages.get(pair.merged());
        if (merged != null) {
            ports.stages()
                    .applyAll(
                            List.of(new StageFile(merged).pass(pair.at()).rest().change()));
        }
        if (!stages.isEmpty()) {
            books.traded(pair.tenant(), Set.of(pair.survivor()), pair.at());
        }
        return preview(pair);
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart merged) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart merged) {
        if (!ports.stages().lock(pair.tenant(), pair.both()).isEmpty()) {
            books.traded(pair.tenant(), new TreeSet<>(pair.both()), pair.at());
        }
        return List.of();
    }
}
