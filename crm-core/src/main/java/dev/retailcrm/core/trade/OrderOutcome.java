package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one order of a batch. Immutable.
 *
 * @param order the order as it is kept, by this batch or an earlier one; {@code null} if refused
 * @param refusal why not; {@code null} if it is kept
 */
public record OrderOutcome(
        @Nullable OrderSummary order, @Nullable CrmException refusal) {
    /** Whether the order is kept. */
    public boolean isRecorded() {
        return order != null;
    }
}
