package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one award of a batch. Immutable.
 *
 * @param booking what was booked, now or by an earlier run; {@code null} if refused
 * @param refusal why not; {@code null} if booked
 */
public record Outcome(
        CustomerId customer,
        @Nullable Booking booking,
        @Nullable CrmException refusal) {
    /** Whether it is booked. */
    public boolean isBooked() {
        return booking != null;
    }
}
