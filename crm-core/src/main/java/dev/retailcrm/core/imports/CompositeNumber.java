package dev.retailcrm.core.imports;

import com.google.common.collect.ImmutableList;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which columns make up the number of something. Immutable.
 *
 * @param source the system that gives such numbers
 * @param columns whose values are joined by {@code /}; none if things are numbered by their lines
 */
record CompositeNumber(String source, List<String> columns) {
    CompositeNumber {
        Check.code(source, 20, "source");
        columns = columns.stream().map(CustomerMapping::named).collect(ImmutableList.toImmutableList());
    }

    static CompositeNumber of(String source, String... columns) {
        if (columns.length == 0) {
            throw CoreError.INVALID_VALUE.because("a number must be in one column at least");
        }
        return new CompositeNumber(source, List.of(columns));
    }

    boolean isLine() {
        return columns.isEmpty();
    }

    String value(ImportRecord record, String importName) throws FaultyValue {
        if (isLine()) {
            return importName + "/" + record.line();
        }
        List<String> parts = new ArrayList<>(columns.size());
        for (String column : columns) {
            parts.add(FaultyValue.required(record, column, text -> text));
        }
        return String.join("/", parts);
    }

    /** The number as a value of its own; a refusal is blamed on its column. */
    <T> T of(ImportRecord record, String importName, BiFunction<String, String, T> made) throws FaultyValue {
        String value = value(record, importName);
        return FaultyValue.of(column(), () -> made.apply(source, value));
    }

    /** The number; {@code null} if the record has none, or numbers are lines. */
    @Nullable
    String find(ImportRecord record) {
        try {
            return isLine() ? null : value(record, "");
        } catch (FaultyValue none) {
            return null;
        }
    }

    /** The column to blame for it. */
    String column() {
        return columns.isEmpty() ? "" : columns.get(0);
    }
}
