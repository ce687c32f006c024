package dev.retailcrm.assets.ledger;

import java.time.Instant;

/**
 * Value reserved for a while. It ends exactly once. Immutable.
 *
 * @param no the number of the entry that placed it
 * @param amount what it reserves
 * @param expiresAt the first instant at which it no longer reserves
 * @param captured what was used of it; 0 unless captured
 * @param endedBy the number of the entry that ended it; 0 while open
 */
public record Hold(long no, long amount, Instant expiresAt, State state, long captured, long endedBy) {
    /** How far it got. */
    public enum State {
        /** It reserves. */
        OPEN,
        /** Used in whole or part, the rest freed. */
        CAPTURED,
        /** Freed. */
        RELEASED,
        /** Its time was over. */
        EXPIRED
    }

    /** Refuses a state no sequence of commands leads to. */
    public Hold {
        if (amount <= 0 || captured < 0 || captured > amount || (state == State.OPEN) != (endedBy == 0)) {
            throw new IllegalStateException("hold out of balance: " + amount + " captured " + captured + " " + state);
        }
    }

    Hold ended(State how, long used, long seq) {
        return new Hold(no, amount, expiresAt, how, used, seq);
    }
}
