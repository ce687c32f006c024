package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.Check;
import java.util.List;
import java.util.Map;

/**
 * What one feature moves in a merge. Immutable.
 *
 * @param name of the feature, 1 to 20 printable ASCII characters
 * @param moved how many rows of each kind, or how much of each asset, by name
 * @param conflicts what stands against it or does not come along
 * @param receipt what the feature needs to take it back, in its own form, at most 3,000 characters without personal data; empty if nothing
 */
public record MergePart(String name, Map<String, Long> moved, List<MergeConflict> conflicts, String receipt) {
    /** Copies map and list; refuses missing parts with INVALID_VALUE. */
    public MergePart {
        Check.code(name, 20, "part");
        moved = ImmutableSortedMap.copyOf(moved);
        conflicts = List.copyOf(conflicts);
        Check.present(receipt, "receipt");
        Check.range(receipt.length(), 0, 3_000, "length of the receipt");
    }

    /** A part that needs no receipt. */
    public static MergePart of(String name, Map<String, Long> moved, List<MergeConflict> conflicts) {
        return new MergePart(name, moved, conflicts, "");
    }
}
