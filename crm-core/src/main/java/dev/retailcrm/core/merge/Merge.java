package dev.retailcrm.core.merge;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That a customer was merged into another. Holds no personal data: the values are in the histories of both. Immutable.
 *
 * @param survivor the one who stays
 * @param merged the one who was merged into her
 * @param survivorVersion the survivor's version after it
 * @param mergedVersion the other's version after it
 * @param at when, in milliseconds
 * @param actor who did it
 * @param parts what each feature moved
 * @param endedAt when they were taken apart again; {@code null} if they are one
 * @param conflicts what could not be given back then
 */
public record Merge(
        CustomerId survivor,
        CustomerId merged,
        long survivorVersion,
        long mergedVersion,
        Instant at,
        Actor actor,
        List<MergePart> parts,
        @Nullable Instant endedAt,
        List<MergeConflict> conflicts) {
    /** Copies the lists. */
    public Merge {
        Check.present(survivor, "survivor");
        Check.present(merged, "merged customer");
        Check.positive(survivorVersion, "version");
        Check.positive(mergedVersion, "version");
        Check.present(at, "instant of the merge");
        Check.present(actor, "actor");
        parts = List.copyOf(parts);
        conflicts = List.copyOf(conflicts);
    }

    /** What a feature moved; empty if it had no part in it. */
    public Optional<MergePart> part(String name) {
        return parts.stream().filter(part -> part.name().equals(name)).findFirst();
    }

    /** The same, taken apart. */
    public Merge ended(Instant when, List<MergeConflict> left) {
        return new Merge(survivor, merged, survivorVersion, mergedVersion, at, actor, parts, when, left);
    }
}
