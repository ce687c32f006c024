package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one chunk of a batch did. Immutable.
 *
 * @param outcomes of each of its customers, ascending by id
 * @param cursor where the next chunk starts; {@code null} when the batch is done
 */
public record HandOverProgress(
        List<HandOverOutcome> outcomes, @Nullable CustomerId cursor) {
    /** Copies the list. */
    public HandOverProgress {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether there is nothing left. */
    public boolean isDone() {
        return cursor == null;
    }
}
