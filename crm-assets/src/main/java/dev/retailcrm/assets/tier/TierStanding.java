package dev.retailcrm.assets.tier;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a customer stands in a program at an instant. Immutable. She has the highest of what she reached, what is her floor, and what was paid for.
 *
 * @param reached the key of the level she reached
 * @param since since when she has the level she has
 * @param until when what she reached ends; {@code null} if it is the lowest
 * @param grace until when she keeps it in grace; {@code null} if she is in none
 * @param floor what she has at least; {@code null} for nothing
 * @param paid what was paid for; {@code null} for nothing
 * @param lockedUntil until when nothing but an operator changes what she reached; {@code null} if it is not locked
 * @param highest the key of the highest level she ever had
 * @param asOf the instant of which this tells; nothing happened between it and the next command that this does not say
 */
public record TierStanding(
        String program,
        String reached,
        Instant since,
        @Nullable Instant until,
        @Nullable Instant grace,
        @Nullable Bound floor,
        @Nullable Bound paid,
        @Nullable Instant lockedUntil,
        String highest,
        Instant asOf) {
    /** Refuses what is missing. */
    public TierStanding {
        Check.present(program, "program");
        Check.present(reached, "level");
        Check.present(since, "since");
        Check.present(highest, "level");
        Check.present(asOf, "instant");
    }

    /**
     * A level for a while.
     *
     * @param until exclusive
     */
    public record Bound(String level, Instant until) {
        /** Refuses what is missing. */
        public Bound {
            Check.present(level, "level");
            Check.present(until, "end");
        }
    }

    static TierStanding first(TierProgram program, Instant at) {
        String lowest = program.levels().get(0).key();
        return new TierStanding(program.key(), lowest, at, null, null, null, null, null, lowest, at);
    }

    /** The level she has, among those of the program. */
    public TierLevel level(TierProgram among) {
        return among.levels().get(index(among));
    }

    int index(TierProgram among) {
        return Math.max(Math.max(0, among.index(reached)), Math.max(place(floor, among), place(paid, among)));
    }

    private static int place(@Nullable Bound bound, TierProgram among) {
        return bound == null ? 0 : Math.max(0, among.index(bound.level()));
    }

    TierStanding reaching(String level, @Nullable Instant end, @Nullable Instant graceEnd) {
        return new TierStanding(program, level, since, end, graceEnd, floor, paid, lockedUntil, highest, asOf);
    }

    TierStanding floor(@Nullable Bound bound) {
        return new TierStanding(program, reached, since, until, grace, bound, paid, lockedUntil, highest, asOf);
    }

    TierStanding paid(@Nullable Bound bound) {
        return new TierStanding(program, reached, since, until, grace, floor, bound, lockedUntil, highest, asOf);
    }

    TierStanding locked(@Nullable Instant end) {
        return new TierStanding(program, reached, since, until, grace, floor, paid, end, highest, asOf);
    }

    TierStanding since(Instant start, String top) {
        return new TierStanding(program, reached, start, until, grace, floor, paid, lockedUntil, top, asOf);
    }

    TierStanding asOf(Instant at) {
        return new TierStanding(program, reached, since, until, grace, floor, paid, lockedUntil, highest, at);
    }
}
