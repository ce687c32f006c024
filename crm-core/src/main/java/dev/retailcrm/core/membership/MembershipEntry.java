package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a membership. It is kept for ever. Immutable.
 *
 * @param seq its number among the customer's, from 1
 * @param act what happened
 * @param by who did it; {@code null} if she did herself, or a merge did
 * @param reason the host's code of why; {@code null} if none was given
 * @param at when, in milliseconds; not before the entry before
 */
public record MembershipEntry(
        long seq,
        MembershipAct act,
        @Nullable StaffId by,
        @Nullable String reason,
        Instant at) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public MembershipEntry {
        Check.positive(seq, "entry");
        Check.present(act, "act");
        Check.present(at, "instant");
    }
}
