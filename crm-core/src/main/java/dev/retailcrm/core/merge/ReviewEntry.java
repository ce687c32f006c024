package dev.retailcrm.core.merge;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a review, kept for ever. Immutable.
 *
 * @param first as of {@link Review}
 * @param second as of {@link Review}
 * @param seq its number among the review's, from 1
 * @param act what happened
 * @param actor who did it
 * @param assignee who looks into it from then on; {@code null} if nobody
 * @param at when, in milliseconds
 */
public record ReviewEntry(
        CustomerId first,
        CustomerId second,
        long seq,
        ReviewAct act,
        Actor actor,
        @Nullable StaffId assignee,
        Instant at) {
    /** Refuses missing parts with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public ReviewEntry {
        Check.present(first, "customer");
        Check.present(second, "customer");
        Check.positive(seq, "entry");
        Check.present(act, "act");
        Check.present(actor, "actor");
        at = Check.present(at, "instant").truncatedTo(ChronoUnit.MILLIS);
    }
}
