package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody is about to own a customer, or to be offered her: what an {@link OwnershipRule} judges. Immutable.
 *
 * @param customer the customer
 * @param act {@link OwnershipAct#ASSIGNED}, {@code REASSIGNED}, {@code CLAIMED}, {@code OFFERED} or {@code ACCEPTED}; more may come
 * @param current whom she belongs to; {@code null} for the pool
 * @param to who is to own her
 * @param by who acts
 * @param asManager whether the host vouches that {@code by} may act for others
 * @param transfers when she went from one member of staff to another owner, the latest first; at most {@value #MAX_TRANSFERS}
 * @param at when it is to happen
 */
public record Proposal(
        CustomerId customer,
        OwnershipAct act,
        @Nullable Tenure current,
        Owner to,
        StaffId by,
        boolean asManager,
        List<Instant> transfers,
        Instant at) {
    /** How many past transfers are known at most. */
    public static final int MAX_TRANSFERS = 20;

    /** Copies the list. */
    public Proposal {
        transfers = List.copyOf(transfers);
    }
}
