package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import java.sql.Types;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One column of the rows a statement writes. Immutable.
 *
 * @param type the type in PostgreSQL
 * @param jdbcType the type as JDBC knows it
 */
record Column<T>(String name, String type, int jdbcType, Function<T, @Nullable Object> value) {
    Column(String name, String type, Function<T, @Nullable Object> value) {
        this(name, type, jdbcType(type), value);
    }

    static <T> Column<T> text(String name, Function<T, @Nullable Object> value) {
        return new Column<>(name, "text", value);
    }

    static <T> Column<T> number(String name, Function<T, @Nullable Object> value) {
        return new Column<>(name, "bigint", value);
    }

    static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    static @Nullable CustomerId customer(@Nullable Long id) {
        return id == null ? null : CustomerId.of(id);
    }

    static List<Long> ids(Collection<CustomerId> customers) {
        return customers.stream().map(CustomerId::value).toList();
    }

    private static int jdbcType(String type) {
        return switch (type) {
            case "text" -> Types.VARCHAR;
            case "bigint" -> Types.BIGINT;
            case "integer" -> Types.INTEGER;
            case "boolean" -> Types.BOOLEAN;
            case "numeric" -> Types.DECIMAL;
            case "bytea" -> Types.VARBINARY;
            default -> throw new IllegalStateException(type);
        };
    }
}
