package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stage of a customer that was booked last. Immutable.
 *
 * @param stage the stage
 * @param since since when, in milliseconds
 * @param due when time alone changes it; past if that was not booked yet; {@code null} if it never does
 */
public record BookedStage(
        LifecycleStage stage, Instant since, @Nullable Instant due) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public BookedStage {
        Check.present(stage, "stage");
        Check.present(since, "since");
    }
}
