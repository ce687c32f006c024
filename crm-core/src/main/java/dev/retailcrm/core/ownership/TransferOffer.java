package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;

/**
 * A customer offered to another member of staff, who is asked to accept her. Immutable.
 *
 * @param number the number of the entry by which it was made, which names it among the customer's
 * @param to whom she is offered; names a member of staff
 * @param by who offered her
 * @param at when
 * @param expiresAt from when on it cannot be answered any more, exclusive end of waiting; after {@code at}
 */
public record TransferOffer(long number, Owner to, StaffId by, Instant at, Instant expiresAt) {
    /** Refuses missing parts, an offer to a store alone and one that does not wait with {@link CoreError#INVALID_VALUE}. */
    public TransferOffer {
        Check.positive(number, "offer");
        Check.present(by, "by");
        if (Check.present(to, "owner").staff() == null) {
            throw CoreError.INVALID_VALUE.because("a customer is offered to a member of staff");
        }
        if (!Check.present(expiresAt, "end").isAfter(Check.present(at, "instant"))) {
            throw CoreError.INVALID_VALUE.because("an offer must wait for some time");
        }
    }

    /** Whether it can be answered at this instant. */
    public boolean isOpenAt(Instant instant) {
        return instant.isBefore(expiresAt);
    }
}
