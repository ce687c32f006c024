package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a customer has a tag, or is in an audience, for a time. Immutable.
 *
 * @param from since when, inclusive
 * @param until the first instant at which it is so no more; {@code null} if there is none
 * @param value the value of the tag; {@code null} if it has none
 */
public record MarkFact(
        Instant from, @Nullable Instant until, @Nullable FieldValue value) {
    private static final MarkFact ALWAYS = new MarkFact(Instant.EPOCH, null, null);

    /** Refuses a missing beginning. */
    public MarkFact {
        Check.present(from, "instant");
    }

    /** It was always so, and has no end. */
    public static MarkFact always() {
        return ALWAYS;
    }

    boolean isAt(long millis) {
        return millis >= from.toEpochMilli() && millis < end();
    }

    /** The next instant at which it begins or ends. */
    long next(long millis) {
        if (millis < from.toEpochMilli()) {
            return from.toEpochMilli();
        }
        return millis < end() ? end() : Now.NEVER;
    }

    private long end() {
        return until == null ? Now.NEVER : until.toEpochMilli();
    }
}
