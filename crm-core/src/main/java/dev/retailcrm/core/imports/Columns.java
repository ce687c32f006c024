package dev.retailcrm.core.imports;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which column holds what, and what is the same in every record. Immutable.
 *
 * @param columns by what they hold
 * @param constants values that no column holds, by what they are
 */
record Columns(Map<String, String> columns, Map<String, String> constants) {
    static final Columns NONE = new Columns(Map.of(), Map.of());

    Columns with(String what, String column) {
        return new Columns(and(columns, what, CustomerMapping.named(column)), constants);
    }

    Columns always(String what, String value) {
        return new Columns(columns, and(constants, what, Check.text(value, 200, what)));
    }

    private static Map<String, String> and(Map<String, String> some, String what, String text) {
        return ImmutableMap.<String, String>builder()
                .putAll(some)
                .put(what, text)
                .buildKeepingLast();
    }

    /** What a record says of something; {@code null} if nothing. */
    <T> @Nullable T in(ImportRecord record, String what, Function<String, T> meaning) throws FaultyValue {
        String column = columns.get(what);
        if (column != null) {
            return FaultyValue.in(record, column, meaning);
        }
        String constant = constants.get(what);
        return constant == null ? null : meaning.apply(constant);
    }

    /** What a record says of something; refused if nothing. */
    <T> T required(ImportRecord record, String what, Function<String, T> meaning) throws FaultyValue {
        T value = in(record, what, meaning);
        if (value == null) {
            throw new FaultyValue(of(what), CoreError.INVALID_VALUE.because("the value is missing"));
        }
        return value;
    }

    /** The column of something; what it is if there is none. */
    String of(String what) {
        return columns.getOrDefault(what, what);
    }

    Collection<String> names() {
        return columns.values();
    }

    /**
     * Refuses a mapping that does not say enough.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE}
     */
    void require(String... needed) {
        for (String what : needed) {
            if (!columns.containsKey(what) && !constants.containsKey(what)) {
                throw CoreError.INVALID_VALUE.because("the mapping must say which column is the %s", what);
            }
        }
    }
}
