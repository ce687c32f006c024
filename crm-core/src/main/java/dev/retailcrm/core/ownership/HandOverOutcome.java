package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * What became of one customer of a batch. Immutable.
 *
 * @param customer the customer
 * @param entry the entry by which she was given to another; {@code null} if she was not
 * @param refusal why she stays where she is; {@code null} if she was given, or belonged to another by then
 */
public record HandOverOutcome(
        CustomerId customer,
        @Nullable OwnershipEntry entry,
        @Nullable CrmException refusal) {
    /** Whether she was given to another, now or when the batch was run before. */
    public boolean isMoved() {
        return entry != null;
    }
}
