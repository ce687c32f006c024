package dev.retailcrm.assets.tier;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a customer's tiers, never changed. Immutable.
 *
 * @param seq 1, 2, 3 … among all of hers, without gaps
 * @param at when it happened
 * @param booked when it was booked
 * @param before the key of the level she had
 * @param after the key of the level she has
 * @param by who did it; {@code null} if nobody did
 */
public record TierEntry(
        long seq,
        String program,
        TierAct act,
        Instant at,
        Instant booked,
        String before,
        String after,
        @Nullable StaffId by) {
    /** Refuses what is missing with {@link CoreError#INVALID_VALUE}. */
    public TierEntry {
        Check.positive(seq, "number of an entry");
        Check.present(program, "program");
        Check.present(act, "act");
        Check.present(at, "instant");
        Check.present(booked, "instant");
        Check.present(before, "level");
        Check.present(after, "level");
    }
}
