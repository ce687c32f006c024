package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What one page of an expiry did. Immutable.
 *
 * @param deleted events deleted
 * @param cursor where the next page starts; {@code null} if this was the last
 */
public record ExpiryProgress(int deleted, @Nullable CustomerId cursor) {
    /** Whether all customers were looked at. */
    public boolean isDone() {
        return cursor == null;
    }
}
