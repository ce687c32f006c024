package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * How far stages were computed anew. Immutable.
 *
 * @param customers of how many customers
 * @param cursor where to go on; {@code null} when there are no more
 */
public record StageProgress(int customers, @Nullable CustomerId cursor) {
    /** Whether there is nothing left. */
    public boolean isDone() {
        return cursor == null;
    }
}
