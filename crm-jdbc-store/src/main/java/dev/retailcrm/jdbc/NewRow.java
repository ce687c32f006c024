package dev.retailcrm.jdbc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a row and their values, in the order they were put. No map, since jOOQ renders a field to hash it, which costs more than
 * the row. Not thread-safe.
 */
final class NewRow {
    private final List<Field<?>> fields = new ArrayList<>(20);
    private final List<@Nullable Object> values = new ArrayList<>(20);

    /** Adds a column that is not there yet. */
    <T> NewRow put(Field<T> field, @Nullable T value) {
        fields.add(field);
        values.add(value);
        return this;
    }

    /** Adds all columns of another. */
    NewRow putAll(NewRow other) {
        fields.addAll(other.fields);
        values.addAll(other.values);
        return this;
    }

    List<Field<?>> fields() {
        return fields;
    }

    @Nullable
    Object value(int index) {
        return values.get(index);
    }

    /** The same as jOOQ takes it. */
    Map<Field<?>, @Nullable Object> map() {
        Map<Field<?>, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < fields.size(); i++) {
            map.put(fields.get(i), values.get(i));
        }
        return map;
    }
}
