package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;

/**
 * A refund as it is kept. Immutable.
 *
 * @param refund the refund
 * @param pending whether it waits for its order, and till then counts only as pending
 */
public record RefundSummary(Refund refund, boolean pending) {
    /** Refuses what is missing. */
    public RefundSummary {
        Check.present(refund, "refund");
    }
}
