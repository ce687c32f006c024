package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a customer's ownership. It is kept for ever. Immutable.
 *
 * @param seq its number among the customer's, from 1
 * @param act what happened
 * @param before whom she belonged to before; {@code null} for the pool
 * @param after whom she belongs to from then on; {@code null} for the pool
 * @param offer the offer it is about; {@code null} if about none
 * @param by who did it; {@code null} if time or a merge did
 * @param asManager whether the host vouched that this one may act for others
 * @param reason the host's code of why; {@code null} if none was given
 * @param at when, in milliseconds; not before the entry before
 */
public record OwnershipEntry(
        long seq,
        OwnershipAct act,
        @Nullable Owner before,
        @Nullable Owner after,
        @Nullable TransferOffer offer,
        @Nullable StaffId by,
        boolean asManager,
        @Nullable String reason,
        Instant at) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public OwnershipEntry {
        Check.positive(seq, "entry");
        Check.present(act, "act");
        Check.present(at, "instant");
    }
}
