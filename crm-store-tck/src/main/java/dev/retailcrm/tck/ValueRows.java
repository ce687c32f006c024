package dev.retailcrm.tck;

import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.FieldWrite;
import dev.retailcrm.core.spi.LookupKey;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is stored of a customer in custom fields. Immutable.
 *
 * @param claimed the look-up keys of unique values
 */
record ValueRows(SortedMap<String, FieldValue> values, SortedSet<LookupKey> claimed) {
    static ValueRows none() {
        return new ValueRows(new TreeMap<>(), new TreeSet<>());
    }

    ValueRows and(List<FieldWrite> writes) {
        SortedMap<String, FieldValue> after = new TreeMap<>(values);
        SortedSet<LookupKey> keys = new TreeSet<>(claimed);
        for (FieldWrite write : writes) {
            String field = write.field().key();
            after.remove(field);
            keys.removeIf(key -> key.issuer().equals(field));
            write.value().ifPresent(value -> {
                after.put(field, value);
                if (write.field().unique()) {
                    keys.add(LookupKey.field(field, value));
                }
            });
        }
        return new ValueRows(after, keys);
    }

    /** In full, for comparing dumps. For tests only: it shows personal data. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("values");
        values.forEach((field, value) -> text.append(' ')
                .append(field)
                .append(" '")
                .append(FieldText.of(value))
                .append('\''));
        return text.toString();
    }
}
