package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one order of a batch. Immutable.
 *
 * @param order the order as it is kept, by this batch or an earlier one; {@code null} if refused
 * @param repeated whether it, or a later revision, was kept before
 * @param refusal why not; {@code null} if it is kept
 */
public record OrderOutcome(
        @Nullable OrderSummary order,
        boolean repeated,
        @Nullable CrmException refusal) {
    /** Whether the order is kept. */
    public boolean isRecorded() {
        return order != null;
    }
}
