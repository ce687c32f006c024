package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a merge would do. Personal data: the values of {@code fields}. Immutable.
 *
 * @param survivor the one who would stay
 * @param merged the one who would be merged into her
 * @param fields what would become of every field that one of them has
 * @param parts what each feature would move
 * @param conflicts about fields and identities
 */
public record MergePreview(
        CustomerId survivor,
        CustomerId merged,
        List<FieldOutcome> fields,
        List<MergePart> parts,
        List<MergeConflict> conflicts) {
    /** Copies the lists. */
    public MergePreview {
        fields = List.copyOf(fields);
        parts = List.copyOf(parts);
        conflicts = List.copyOf(conflicts);
    }

    /** All that stands against it or would not come along. */
    public List<MergeConflict> allConflicts() {
        return Stream.concat(conflicts.stream(), parts.stream().flatMap(part -> part.conflicts().stream()))
                .toList();
    }

    /** Whether the two can be merged as they are. */
    public boolean isMergeable() {
        return allConflicts().stream().noneMatch(MergeConflict::blocking);
    }
}
