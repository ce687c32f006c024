package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * How far the open erasures of a tenant were gone on with. Immutable.
 *
 * @param seen how many were looked at
 * @param erased how many of them are complete
 * @param waiting how many still wait for their obstacles
 * @param cursor the last customer looked at; {@code null} if there are no more
 */
public record ErasureProgress(
        int seen, int erased, int waiting, @Nullable CustomerId cursor) {
    /** Whether all were looked at. */
    public boolean isDone() {
        return cursor == null;
    }
}
