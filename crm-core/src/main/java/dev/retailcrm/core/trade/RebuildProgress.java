package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What one page of a rebuild did. Immutable.
 *
 * @param customers whose statistics were added up anew
 * @param corrected how many of them had others before
 * @param cursor where the next page starts; {@code null} when the rebuild is done
 */
public record RebuildProgress(
        int customers, int corrected, @Nullable CustomerId cursor) {
    /** Whether there is nothing left. */
    public boolean isDone() {
        return cursor == null;
    }
}
