package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;

/**
 * An owner, and since when. Immutable.
 *
 * @param owner whom the customer belongs to
 * @param since when that began, in milliseconds
 * @param by who gave her to the owner: an operator, or whoever claimed or accepted her
 */
public record Tenure(Owner owner, Instant since, StaffId by) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public Tenure {
        Check.present(owner, "owner");
        Check.present(since, "since");
        Check.present(by, "by");
    }
}
