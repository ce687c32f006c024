package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One row of what is kept of a person, as it is exported. Start from {@link #of} and add what is known. Personal data: {@link #toString()} shows
 * no values. Immutable.
 */
public final class ExportRow {
    private final String list;
    private final Map<String, Object> values;

    private ExportRow(String list, Map<String, Object> values) {
        this.list = list;
        this.values = values;
    }

    /**
     * A row without values.
     *
     * @param list which of the feature's lists it belongs to, 1 to 40 printable ASCII characters
     */
    public static ExportRow of(String list) {
        return new ExportRow(Check.code(list, 40, "list"), Map.of());
    }

    /**
     * The same with a value more. Instants and dates are written as ISO 8601, amounts as {@code {"amount", "currency"}}, enumerations by their
     * names, ids as they are shown.
     *
     * @param value a text, number, flag, instant, date, amount, id, enumeration, or a collection or map of them; what is {@code null} or empty is
     *     left out
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} for anything else
     */
    public ExportRow and(String name, @Nullable Object value) {
        Object plain = plain(value);
        if (plain == null) {
            return this;
        }
        Map<String, Object> more = new LinkedHashMap<>(values);
        more.put(Check.code(name, 40, "name of a value"), plain);
        return new ExportRow(list, Collections.unmodifiableMap(more));
    }

    /** The same with the values of another row as one value. */
    public ExportRow and(String name, ExportRow nested) {
        return and(name, nested.values);
    }

    /** Which of the feature's lists it belongs to. */
    public String list() {
        return list;
    }

    /** Its values in the order they were added: texts, numbers, flags, lists and maps. */
    public Map<String, Object> values() {
        return values;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Optional<?> optional) {
            return plain(optional.orElse(null));
        }
        if (value instanceof Collection<?> items) {
            var plain = items.stream().map(ExportRow::plain).toList();
            return plain.isEmpty() ? null : plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, it) -> Optional.ofNullable(plain(it)).ifPresent(one -> plain.put(name.toString(), one)));
            return plain.isEmpty() ? null : plain;
        }
        return value == null ? null : scalar(value);
    }

    private static Object scalar(Object value) {
        if (value instanceof String || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        if (value instanceof Long || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof ExportRow nested) {
            return nested.values;
        }
        if (value instanceof Money money) {
            return Map.of(
                    "amount",
                    money.getAmount(),
                    "currency",
                    money.getCurrencyUnit().getCode());
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof StoreId store) {
            return store.value();
        }
        if (value instanceof RequestKey key) {
            return key.value();
        }
        if (value instanceof Instant
                || value instanceof LocalDate
                || value instanceof ZoneId
                || value instanceof CustomerId) {
            return value.toString();
        }
        throw CoreError.INVALID_VALUE.because("values of %s cannot be exported", value.getClass());
    }

    @Override
    public String toString() {
        return "ExportRow[" + list + "]";
    }
}
