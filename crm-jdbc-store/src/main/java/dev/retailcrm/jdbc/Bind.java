package dev.retailcrm.jdbc;

import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds a statement's parameters one after the other. Not thread-safe. */
final class Bind {
    private final PreparedStatement statement;
    private int index;

    Bind(PreparedStatement statement) {
        this.statement = statement;
    }

    Bind text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    Bind number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    /** A number, absent if it is zero. */
    Bind numberOrNull(long value) throws SQLException {
        if (value == 0) {
            statement.setNull(++index, Types.BIGINT);
        } else {
            statement.setLong(++index, value);
        }
        return this;
    }

    Bind integer(int value) throws SQLException {
        statement.setInt(++index, value);
        return this;
    }

    Bind flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    Bind instant(@Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.BIGINT);
        } else {
            statement.setLong(++index, value.toEpochMilli());
        }
        return this;
    }

    /** The columns of a row. */
    <T> Bind row(List<Column<T>> columns, T row) throws SQLException {
        for (Column<T> column : columns) {
            statement.setObject(++index, column.value().apply(row), column.jdbcType());
        }
        return this;
    }

    /** The columns of a row but the first. */
    Bind rest(NewRow row, int skipped) throws SQLException {
        for (int i = skipped; i < row.fields().size(); i++) {
            statement.setObject(++index, row.value(i), type(row.fields().get(i).getType()));
        }
        return this;
    }

    private static int type(Class<?> type) {
        if (type == BigDecimal.class) {
            return Types.DECIMAL;
        }
        return type == Long.class ? Types.BIGINT : Types.VARCHAR;
    }

    /** An array of the engine's type, given as a primitive or object array. */
    Bind array(String type, Object values) throws SQLException {
        statement.setObject(
                ++index,
                values instanceof Object[] objects ? statement.getConnection().createArrayOf(type, objects) : values);
        return this;
    }
}
