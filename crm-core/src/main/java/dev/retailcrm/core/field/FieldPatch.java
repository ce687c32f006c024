package dev.retailcrm.core.field;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Fingerprint;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What to set and what to clear of a customer's custom fields. A field that is neither stays as it is: absent and empty differ. Start from
 * {@link #none()}; the last word on a field counts. Personal data: {@link #toString()} names the fields only. Immutable.
 */
public final class FieldPatch {
    private static final FieldPatch NONE = new FieldPatch(ImmutableSortedMap.of());

    /** The new value of each field named; empty to clear it. */
    private final ImmutableSortedMap<String, Optional<FieldValue>> values;

    private FieldPatch(ImmutableSortedMap<String, Optional<FieldValue>> values) {
        this.values = values;
    }

    /** Changes nothing. */
    public static FieldPatch none() {
        return NONE;
    }

    /**
     * Sets a field.
     *
     * @throws CrmException {@link CoreError#INVALID_VALUE} if no field can have this key, or it names more than 100
     */
    public FieldPatch set(String field, FieldValue value) {
        return with(field, Optional.of(Check.present(value, "value")));
    }

    /** Clears a field; refused as {@link #set} is. */
    public FieldPatch clear(String field) {
        return with(field, Optional.empty());
    }

    private FieldPatch with(String field, Optional<FieldValue> value) {
        Map<String, Optional<FieldValue>> copy = new TreeMap<>(values);
        copy.put(FieldDefinition.requireKey(field), value);
        Check.range(copy.size(), 1, CustomFields.MAX_FIELDS, "number of fields");
        return new FieldPatch(ImmutableSortedMap.copyOf(copy));
    }

    Map<String, Optional<FieldValue>> values() {
        return values;
    }

    Fingerprint addTo(Fingerprint fingerprint) {
        fingerprint.and(values.size());
        values.forEach((field, value) -> fingerprint
                .and(field)
                .and(value.map(it -> it.type().name()).orElse(null))
                .and(value.map(FieldText::of).orElse(null)));
        return fingerprint;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FieldPatch that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return "FieldPatch" + values.keySet();
    }
}
