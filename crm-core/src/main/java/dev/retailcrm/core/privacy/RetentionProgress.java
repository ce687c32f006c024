package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a rule of retention was gone through. Immutable.
 *
 * @param seen how many customers were looked at
 * @param overdue those the rule is about
 * @param cursor the last customer looked at; {@code null} if there are no more
 */
public record RetentionProgress(
        int seen, List<Overdue> overdue, @Nullable CustomerId cursor) {
    /** Copies the list. */
    public RetentionProgress {
        overdue = List.copyOf(overdue);
    }

    /** Whether all were looked at. */
    public boolean isDone() {
        return cursor == null;
    }
}
