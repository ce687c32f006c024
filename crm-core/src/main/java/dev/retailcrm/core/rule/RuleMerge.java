package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.merge.MergeConflict;
import dev.retailcrm.core.merge.MergePair;
import dev.retailcrm.core.merge.MergePart;
import dev.retailcrm.core.spi.MergeParticipant;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Asks rules about the survivor of a merge, or about both if it is taken back, once everything else is done. Thread-safe. */
public final class RuleMerge implements MergeParticipant {
    private final String name;
    private final BiConsumer<Set<CustomerId>, Instant> asking;

    /**
     * The last of the participants.
     *
     * @param asking asks all rules about customers who are locked, at an instant
     */
    public RuleMerge(String name, BiConsumer<Set<CustomerId>, Instant> asking) {
        this.name = Check.present(name, "name");
        this.asking = Check.present(asking, "asking");
    }

    @Override
    public String name() {
        return name;
    }

    /** {@inheritDoc} Nothing more: both are locked. */
    @Override
    public void lock(MergePair pair) {}

    @Override
    public MergePart preview(MergePair pair) {
        return nothing();
    }

    private MergePart nothing() {
        return new MergePart(name, Map.of(), List.of(), "");
    }

    @Override
    public MergePart merge(MergePair pair) {
        asking.accept(Set.copyOf(pair.both()), pair.at());
        return nothing();
    }

    @Override
    public List<MergeConflict> previewUnmerge(MergePair pair, MergePart part) {
        return List.of();
    }

    @Override
    public List<MergeConflict> unmerge(MergePair pair, MergePart part) {
        asking.accept(Set.copyOf(pair.both()), pair.at());
        return List.of();
    }
}
