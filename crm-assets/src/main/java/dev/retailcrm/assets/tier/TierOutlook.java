package dev.retailcrm.assets.tier;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands in a program, and what comes next. Immutable.
 *
 * @param value what the measure comes to in the period up to now
 * @param next the level above the one she reached; {@code null} if that is the highest
 * @param missing what the measure lacks to it; 0 if there is none
 * @param toKeep what it lacks now to keep what she reached when that ends; 0 if nothing, or it does not end
 * @param projected the level she will have when what she reached ends, or grace does, if nothing is added until then
 * @param changesAt the next instant at which time alone can change her level; {@code null} if it never does
 */
public record TierOutlook(
        TierStanding standing,
        TierLevel level,
        long value,
        @Nullable TierLevel next,
        long missing,
        long toKeep,
        TierLevel projected,
        @Nullable Instant changesAt) {
    /** The level above; empty if she reached the highest. */
    public Optional<TierLevel> above() {
        return Optional.ofNullable(next);
    }
}
