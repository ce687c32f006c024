package dev.retailcrm.core.merge;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * What a search found. Immutable.
 *
 * @param pairs in the order of the records given: by the first of the pair, then by the second
 * @param coverage what was looked at
 */
public record Duplicates(List<Duplicate> pairs, Coverage coverage) {
    /** Copies the pairs. */
    public Duplicates {
        pairs = ImmutableList.copyOf(pairs);
    }

    /** The pairs of this verdict, in their order. */
    public List<Duplicate> of(Verdict verdict) {
        return pairs.stream().filter(it -> it.verdict() == verdict).toList();
    }
}
