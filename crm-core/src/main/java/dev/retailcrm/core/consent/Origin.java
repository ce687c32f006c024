package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;

/**
 * Where a proof was before customers were merged. Immutable.
 *
 * @param customer in whose history it was
 * @param seq its number there, from 1
 */
public record Origin(CustomerId customer, long seq) {
    /** Refuses malformed parts with {@link CoreError#INVALID_VALUE}. */
    public Origin {
        Check.present(customer, "customer");
        Check.positive(seq, "proof number");
    }
}
