package dev.retailcrm.tags;

import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * That a customer is to have a tag. Immutable.
 *
 * @param tag its key
 * @param value of the tag, of its type; {@code null} for a flag
 * @param until the first instant at which it is hers no more, in milliseconds; {@code null} for what the tag's lifetime says
 */
public record Tagging(
        String tag, @Nullable FieldValue value, @Nullable Instant until) {
    /** Refuses malformed parts with INVALID_VALUE; cuts the instant to milliseconds. */
    public Tagging {
        Check.code(tag, TagDefinition.MAX_KEY, "key of the tag");
        if (until != null) {
            Instants.requireStorable(until);
            until = until.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** A tag without a value. */
    public static Tagging of(String tag) {
        return new Tagging(tag, null, null);
    }

    /** A tag with a value. */
    public static Tagging of(String tag, FieldValue value) {
        return new Tagging(tag, Check.present(value, "value"), null);
    }

    /** The same until an instant. */
    public Tagging until(Instant end) {
        return new Tagging(tag, value, Check.present(end, "end"));
    }

    void addTo(Fingerprint content) {
        content.and(tag)
                .and(value == null ? null : value.type() + " " + FieldText.of(value))
                .and(until);
    }
}
