package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a sweep did. Immutable.
 *
 * @param accounts accounts looked at
 * @param closedLots lots that lapsed
 * @param lapsed value that lapsed, in the asset's smallest unit
 * @param freedHolds holds whose time was over
 * @param cursor where the next page starts; {@code null} when the sweep is done
 */
public record SweepProgress(
        int accounts,
        int closedLots,
        long lapsed,
        int freedHolds,
        @Nullable CustomerId cursor) {
    /** Whether there is nothing left. */
    public boolean isDone() {
        return cursor == null;
    }
}
