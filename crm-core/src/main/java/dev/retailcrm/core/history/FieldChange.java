package dev.retailcrm.core.history;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * That one field of a customer was changed. Personal data: {@link #toString()} shows no values. Immutable.
 *
 * @param customer whose
 * @param version her version after it, from 1
 * @param line which of the changes of that version, from 1
 * @param field what was changed, such as {@code profile.name} or {@code identity.phone}, 1 to {@value #MAX_FIELD} printable ASCII
 *     characters
 * @param before its value as text; {@code null} if it had none
 * @param after its value as text; {@code null} if it has none any more
 * @param actor who changed it
 * @param at when, in milliseconds
 * @param stated when the value was stated, if that was before: it came from a customer who was merged into this one; else {@code null}
 */
public record FieldChange(
        CustomerId customer,
        long version,
        int line,
        String field,
        @Nullable String before,
        @Nullable String after,
        Actor actor,
        Instant at,
        @Nullable Instant stated) {
    /** The most characters of a field. */
    public static final int MAX_FIELD = 60;

    /** Refuses missing parts with {@link CoreError#INVALID_VALUE}. */
    public FieldChange {
        Check.present(customer, "customer");
        Check.positive(version, "version");
        Check.positive(line, "line");
        Check.code(field, MAX_FIELD, "field");
        Check.present(actor, "actor");
        Check.present(at, "instant of change");
    }

    /** A change by which the value is stated. */
    public FieldChange(
            CustomerId customer,
            long version,
            int line,
            String field,
            @Nullable String before,
            @Nullable String after,
            Actor actor,
            Instant at) {
        this(customer, version, line, field, before, after, actor, at, null);
    }

    /** When the value after it was stated, here or in the record of a customer who was merged into this one. */
    public Instant statedAt() {
        return stated == null ? at : stated;
    }

    /** The same without its values. */
    public FieldChange withoutValues() {
        return new FieldChange(customer, version, line, field, null, null, actor, at, stated);
    }

    /** The value before; empty if there was none. */
    public Optional<String> was() {
        return Optional.ofNullable(before);
    }

    /** The value after; empty if there is none any more. */
    public Optional<String> is() {
        return Optional.ofNullable(after);
    }

    @Override
    public String toString() {
        return "FieldChange[" + customer + ", version " + version + "." + line + ", " + field + "]";
    }
}
