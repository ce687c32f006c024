package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.Check;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stage a customer is at, why, and until when. Immutable.
 *
 * @param stage the stage
 * @param orders how many orders of hers count, in all currencies
 * @param lastOrderAt when she bought last; {@code null} if she never did
 * @param silence for how long she may buy nothing before she is declining, as of her last order; {@code null} if she never bought
 * @param until the first instant at which time alone changes the stage, exclusive end of the answer; {@code null} if time alone never does
 */
public record LifecycleAnswer(
        LifecycleStage stage,
        long orders,
        @Nullable Instant lastOrderAt,
        @Nullable Duration silence,
        @Nullable Instant until) {
    /** Refuses a missing stage with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public LifecycleAnswer {
        Check.present(stage, "stage");
    }

    /** Until when the stage holds if she neither buys nor returns anything; empty for ever. */
    public Optional<Instant> validUntil() {
        return Optional.ofNullable(until);
    }
}
