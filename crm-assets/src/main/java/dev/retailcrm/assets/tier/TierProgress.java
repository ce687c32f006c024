package dev.retailcrm.assets.tier;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What a step of a recalculation did. Immutable.
 *
 * @param members how many customers were looked at
 * @param changed to how many something happened that was booked
 * @param cursor behind which customer to go on; {@code null} if it is done
 */
public record TierProgress(
        int members, int changed, @Nullable CustomerId cursor) {
    /** Whether everybody was looked at. */
    public boolean isDone() {
        return cursor == null;
    }
}
