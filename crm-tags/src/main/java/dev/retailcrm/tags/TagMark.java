package dev.retailcrm.tags;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a customer has of a tag. Immutable.
 *
 * @param tag its key
 * @param from since when, in milliseconds
 * @param until the first instant at which it is hers no more; {@code null} if there is none. Equal to {@code from} if it was taken away by
 *     hand: she has not got the tag, and rules leave it so
 * @param value of the tag; {@code null} if it has none
 * @param source what assigned it, or took it away
 * @param actor who did
 */
public record TagMark(
        String tag,
        Instant from,
        @Nullable Instant until,
        @Nullable FieldValue value,
        TagSource source,
        Actor actor) {
    /** Refuses missing parts, and an end before the beginning, with {@link CoreError#INVALID_VALUE}. */
    public TagMark {
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        Check.present(from, "instant");
        Check.present(source, "source");
        Check.present(actor, "actor");
        if (until != null && until.isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("a tag ends after it began");
        }
    }

    /** That somebody took a tag away. */
    static TagMark removedByHand(String tag, Instant at, TagSource source, Actor actor) {
        return new TagMark(tag, at, at, null, source, actor);
    }

    /** Whether she has the tag at an instant. */
    public boolean isAt(Instant at) {
        return !at.isBefore(from) && (until == null || at.isBefore(until));
    }

    /** Whether it says that the tag was taken away by hand. */
    public boolean isRemoval() {
        return from.equals(until);
    }

    /** Whether it was hers until some instant that is over by then. */
    boolean isOver(Instant at) {
        return !isRemoval() && until != null && !at.isBefore(until);
    }

    /** The same of another tag. */
    TagMark of(String other) {
        return new TagMark(other, from, until, value, source, actor);
    }
}
