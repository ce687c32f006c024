package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a condition holds or does not, down to the leaves. Personal as far as the values are. Immutable.
 *
 * @param condition which
 * @param holds whether it does
 * @param value what was looked at: the value of the field or tag, or what the events come to; {@code null} if it is missing or there is no
 *     such value
 * @param found the tags or audiences she has of those asked about
 * @param parts why its parts hold or do not
 */
public record Why(
        Condition condition, boolean holds, @Nullable FieldValue value, List<String> found, List<Why> parts) {
    /** Copies the lists. */
    public Why {
        found = List.copyOf(found);
        parts = List.copyOf(parts);
    }

    /** What was looked at; empty if it is missing or there is no such value. */
    public Optional<FieldValue> actual() {
        return Optional.ofNullable(value);
    }
}
