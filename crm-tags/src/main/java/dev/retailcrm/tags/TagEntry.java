package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One line of the history of a customer's tags. It is kept until she is erased. Immutable.
 *
 * @param seq its number among the customer's, from 1
 * @param tag which tag
 * @param act what became of it
 * @param before what she had of it before; {@code null} if nothing
 * @param after what she has of it from then on; {@code null} if nothing
 * @param source what did it
 * @param batch the batch that did it; {@code null} if none
 * @param actor who did it
 * @param reason the host's code of why, 1 to 40 printable ASCII characters; {@code null} if none was given
 * @param at when, in milliseconds
 */
public record TagEntry(
        long seq,
        String tag,
        TagAct act,
        @Nullable TagMark before,
        @Nullable TagMark after,
        TagSource source,
        @Nullable String batch,
        Actor actor,
        @Nullable String reason,
        Instant at) {
    /** Refuses missing parts, and an entry that changes nothing, with {@link CoreError#INVALID_VALUE}. */
    public TagEntry {
        Check.positive(seq, "entry");
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.present(act, "act");
        Check.present(source, "source");
        Check.present(actor, "actor");
        Check.present(at, "instant");
        if (before == null && after == null) {
            throw CoreError.INVALID_VALUE.because("an entry tells of a change");
        }
    }

    /** By how much the number of customers with the tag changes with it at an instant that is not before it: -1, 0 or 1. */
    public int deltaAt(Instant then) {
        int had = before != null && before.isAt(then) ? 1 : 0;
        int has = after != null && after.isAt(then) ? 1 : 0;
        return has - had;
    }
}
