package dev.retailcrm.assets.tier;

import java.time.Instant;
import java.util.List;

/**
 * Something that became of a standing. Immutable.
 *
 * @param before the key of the level she had
 * @param after the key of the level she has
 * @param gifts what is given for a level that was reached for the first time
 */
public record TierStep(Instant at, TierAct act, String before, String after, List<String> gifts) {
    /** Copies the list. */
    public TierStep {
        gifts = List.copyOf(gifts);
    }

    boolean isMove() {
        return !before.equals(after);
    }
}
