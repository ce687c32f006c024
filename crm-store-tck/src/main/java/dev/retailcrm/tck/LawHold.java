package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Hold;
import java.time.Instant;
import java.util.List;

/**
 * A hold of the model. Immutable.
 *
 * @param parts what it reserves of each lot, in order
 */
record LawHold(
        long no,
        long amount,
        Instant end,
        boolean proRata,
        List<LawEntry.Use> parts,
        Hold.State state,
        long captured,
        long endedBy) {
    LawHold ended(Hold.State how, long used, long by) {
        return new LawHold(no, amount, end, proRata, parts, how, used, by);
    }

    /** As the answer to a command tells it. */
    String answer() {
        return text(new Hold(no, amount, end, state, captured, endedBy));
    }

    static String text(Hold hold) {
        return " " + hold;
    }
}
