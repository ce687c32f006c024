package dev.retailcrm.core.field;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored of a customer in the fields that are in use. Personal data: {@link #toString()} shows types only. Immutable.
 *
 * @param customer whose
 * @param values by the key of the field; fields without a value are absent
 */
public record FieldValues(CustomerId customer, Map<String, FieldValue> values) {
    /** Copies the map. */
    public FieldValues {
        Check.present(customer, "customer");
        values = Map.copyOf(values);
    }

    /** The value of a field; empty if there is none. */
    public Optional<FieldValue> get(String field) {
        return Optional.ofNullable(values.get(Check.present(field, "field")));
    }
}
