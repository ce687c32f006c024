package dev.retailcrm.tags.sync;

import dev.retailcrm.tags.TagMark;
import dev.retailcrm.tags.spi.ChannelCustomer;
import dev.retailcrm.tags.spi.SyncMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of one customer's tags on both sides. A tag that both have or neither has is agreed. Of one that differs, the side that is
 * not as both were when they were compared last has changed, and is right; without such a comparison the policy says who is. Not thread-safe.
 */
final class SyncDecision {
    /** Keys of tags that she gets here, and that are taken from her here. */
    final Set<String> assigned = new TreeSet<>();

    final Set<String> removed = new TreeSet<>();

    /** Ids of tags that she gets there, and that are taken from her there. */
    final Set<String> addedThere = new TreeSet<>();

    final Set<String> removedThere = new TreeSet<>();

    /** Keys of the tags that both have afterwards, and had of those that are not compared now. */
    final Set<String> agreed = new TreeSet<>();

    final Map<String, Boolean> asked = new TreeMap<>();

    /**
     * Decides.
     *
     * @param ours the tags she has here now, by their keys
     * @param takenAway when tags were taken from her here by hand; asked only if it matters
     * @param base what was so when they were compared last; {@code null} if they never were
     */
    static SyncDecision of(
            List<SyncTag> tags,
            Map<String, TagMark> ours,
            Supplier<Map<String, Instant>> takenAway,
            ChannelCustomer theirs,
            @Nullable SyncMark base,
            SyncPolicy policy) {
        var decision = new SyncDecision();
        for (SyncTag tag : tags) {
            boolean here = ours.containsKey(tag.tag());
            if (here == tag.isThere(theirs.tags())) {
                decision.settle(tag, here);
                continue;
            }
            SyncSide right;
            if (base != null && tag.isKnown(base.run()) && !base.asked().containsKey(tag.tag())) {
                right = here != tag.wasAgreed(base.tags()) ? SyncSide.OURS : SyncSide.THEIRS;
            } else {
                right = bySetup(policy, tag.tag(), ours.get(tag.tag()), takenAway, theirs.changedAt());
            }
            decision.take(tag, here, right);
        }
        if (base != null) {
            base.tags().stream()
                    .filter(agreed -> tags.stream().noneMatch(tag -> tag.covers(agreed)))
                    .forEach(decision.agreed::add);
        }
        return decision;
    }

    private void settle(SyncTag tag, boolean had) {
        if (had) {
            agreed.add(tag.tag());
        }
    }

    private void take(SyncTag tag, boolean here, @Nullable SyncSide right) {
        if (right == null) {
            asked.put(tag.tag(), here);
        } else if (right == SyncSide.OURS) {
            settle(tag, here);
            if (here) {
                addedThere.add(tag.id());
            } else {
                removedThere.addAll(tag.ids());
            }
        } else {
            settle(tag, !here);
            (here ? removed : assigned).add(tag.tag());
        }
    }

    private static @Nullable SyncSide bySetup(
            SyncPolicy policy,
            String tag,
            @Nullable TagMark ours,
            Supplier<Map<String, Instant>> takenAway,
            @Nullable Instant theirs) {
        return switch (policy) {
            case OURS -> SyncSide.OURS;
            case THEIRS -> SyncSide.THEIRS;
            case ASK -> null;
            case NEWEST ->
                ours != null
                        ? later(ours.from(), theirs)
                        : taken(takenAway.get().get(tag), theirs);
        };
    }

    /** She has it here since an instant, and not there, where something changed at another, or nobody knows. */
    private static SyncSide later(Instant ours, @Nullable Instant theirs) {
        return theirs != null && theirs.isAfter(ours) ? SyncSide.THEIRS : SyncSide.OURS;
    }

    /** She has it there, and not here, where it was taken away at an instant, or she never had it. */
    private static @Nullable SyncSide taken(@Nullable Instant ours, @Nullable Instant theirs) {
        if (ours == null) {
            return SyncSide.THEIRS;
        }
        return theirs == null ? null : later(ours, theirs);
    }

    boolean changesOurs() {
        return !assigned.isEmpty() || !removed.isEmpty();
    }

    /** Whether there is anything to write, of either side or of what was compared. */
    boolean isNews(List<SyncTag> tags, @Nullable SyncMark base) {
        return base == null
                || changesOurs()
                || !addedThere.isEmpty()
                || !removedThere.isEmpty()
                || base.problem() != null
                || !base.tags().equals(agreed)
                || !base.asked().equals(asked)
                || !tags.stream().allMatch(tag -> tag.isKnown(base.run()));
    }
}
