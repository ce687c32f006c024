package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one refund of a batch. Immutable.
 *
 * @param refund the refund as it is kept, by this batch or an earlier one; {@code null} if refused
 * @param repeated whether it was kept before
 * @param refusal why not; {@code null} if it is kept
 */
public record RefundOutcome(
        @Nullable RefundSummary refund,
        boolean repeated,
        @Nullable CrmException refusal) {
    /** Whether the refund is kept. */
    public boolean isRecorded() {
        return refund != null;
    }
}
