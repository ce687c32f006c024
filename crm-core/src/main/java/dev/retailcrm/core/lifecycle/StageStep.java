package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;

/**
 * What time alone will do. Immutable.
 *
 * @param at the first instant at which she is at the stage, in milliseconds
 * @param stage the stage
 */
public record StageStep(Instant at, LifecycleStage stage) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public StageStep {
        Check.present(at, "instant");
        Check.present(stage, "stage");
    }
}
