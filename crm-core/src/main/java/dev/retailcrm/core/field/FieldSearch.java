package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for the customers by the value of one custom field: one of several values, or a range. Personal data: {@link #toString()} shows
 * types only. Immutable.
 *
 * @param field the key of the field
 * @param anyOf values of which a customer must have one, at most {@value FieldRules#MAX_OPTIONS}; none for a range
 * @param from the least value, inclusive; {@code null} for none
 * @param to the greatest value, inclusive; {@code null} for none
 */
public record FieldSearch(
        String field,
        List<FieldValue> anyOf,
        @Nullable FieldValue from,
        @Nullable FieldValue to) {
    /** Refuses anything but either values of one type, or a range with at least one bound, with {@link CoreError#INVALID_VALUE}. */
    public FieldSearch {
        FieldDefinition.requireKey(field);
        anyOf = Check.present(anyOf, "values").stream().distinct().toList();
        Check.range(anyOf.size(), 0, FieldRules.MAX_OPTIONS, "number of values");
        boolean range = from != null || to != null;
        if (range == !anyOf.isEmpty()) {
            throw CoreError.INVALID_VALUE.because("a search asks for values or for a range");
        }
        if (from != null && to != null && (from.type() != to.type() || from.compareOrdered(to) > 0)) {
            throw CoreError.INVALID_VALUE.because("the range is none");
        }
    }

    /** Customers with this value. */
    public static FieldSearch equalTo(String field, FieldValue value) {
        return new FieldSearch(field, List.of(Check.present(value, "value")), null, null);
    }

    /** Customers with at least one of these options. */
    public static FieldSearch anyOf(String field, Set<String> options) {
        return new FieldSearch(
                field,
                Check.present(options, "options").stream()
                        .sorted()
                        .map(FieldValue::choice)
                        .toList(),
                null,
                null);
    }

    /** Customers with a value from {@code from} to {@code to}, both inclusive; {@code null} for no bound. */
    public static FieldSearch between(String field, @Nullable FieldValue from, @Nullable FieldValue to) {
        return new FieldSearch(field, List.of(), from, to);
    }

    /** Whether a range is asked for. */
    public boolean isRange() {
        return anyOf.isEmpty();
    }

    /** Whether a value of the field is asked for. */
    public boolean matches(FieldValue value) {
        return isRange()
                ? (from == null || value.compareOrdered(from) >= 0) && (to == null || value.compareOrdered(to) <= 0)
                : value.items().stream().anyMatch(anyOf::contains);
    }

    /** Refuses a search that the field cannot answer. */
    void requireFit(FieldDefinition definition) {
        boolean typed = isRange()
                ? isOf(definition, from)
                        && isOf(definition, to)
                        && definition.type().isOrdered()
                : anyOf.stream().allMatch(it -> isItem(definition, it));
        if (!typed) {
            throw CoreError.INVALID_VALUE.because(
                    "field %s of type %s cannot be searched like this", field, definition.type());
        }
        if (isRange() && definition.personal()) {
            throw CoreError.INVALID_VALUE.because("personal field %s is found by the whole value only", field);
        }
    }

    private static boolean isOf(FieldDefinition definition, @Nullable FieldValue bound) {
        return bound == null || isItem(definition, bound);
    }

    /** Values of several options are asked for one by one. */
    private static boolean isItem(FieldDefinition definition, FieldValue value) {
        FieldType item = definition.type().isChoice() ? FieldType.CHOICE : definition.type();
        boolean inCurrency = item != FieldType.MONEY
                || value.type() != item
                || value.asMoney().getCurrencyUnit().equals(definition.rules().currency());
        return value.type() == item && inCurrency;
    }
}
