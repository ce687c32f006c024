package dev.retailcrm.jdbc;

import com.google.common.collect.Lists;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/** Inserts rows of one table: on PostgreSQL all in one statement, on the others {@value #ROWS} in each. For one session. */
final class BulkInsert {
    /** The most rows of a statement on H2 and MariaDB. */
    static final int ROWS = 200;

    private final Session session;
    private final String table;

    BulkInsert(Session session, Table<?> table) {
        this.session = session;
        this.table = table.getName().toLowerCase(Locale.ROOT);
    }

    /** Inserts rows of the same columns, none of which may be there. */
    void all(List<Map<Field<?>, @Nullable Object>> rows) {
        insert(rows, "");
    }

    /**
     * Inserts rows of the same columns, some of which may be there, without a unique violation that would end PostgreSQL's transaction;
     * how many were written. The other engines, which survive the violation, then write none of its statement's, and no more.
     */
    int unlessPresent(List<Map<Field<?>, @Nullable Object>> rows) {
        return insert(rows, " ON CONFLICT DO NOTHING");
    }

    private int insert(List<Map<Field<?>, @Nullable Object>> rows, String onConflict) {
        if (rows.isEmpty()) {
            return 0;
        }
        List<Column<Map<Field<?>, @Nullable Object>>> columns = new ArrayList<>();
        rows.get(0).keySet().forEach(field -> columns.add(column(field)));
        if (session.engine() == Engine.POSTGRESQL) {
            var source = new PostgresRows<>(columns, rows);
            return session.update(
                    into(columns) + " SELECT " + source.names("r.") + " FROM " + source.source() + onConflict,
                    statement -> source.bind(new Bind(statement)));
        }
        int written = 0;
        for (List<Map<Field<?>, @Nullable Object>> part : Lists.partition(rows, ROWS)) {
            int these = portable(columns, part, onConflict.isEmpty());
            written += these;
            if (these < part.size()) {
                break;
            }
        }
        return written;
    }

    private int portable(
            List<Column<Map<Field<?>, @Nullable Object>>> columns,
            List<Map<Field<?>, @Nullable Object>> rows,
            boolean mustBeNew) {
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        String sql = into(columns) + " VALUES " + String.join(", ", Collections.nCopies(rows.size(), row));
        try {
            return session.update(sql, statement -> {
                Bind bind = new Bind(statement);
                for (Map<Field<?>, @Nullable Object> values : rows) {
                    bind.row(columns, values);
                }
            });
        } catch (DataAccessException e) {
            if (!mustBeNew
                    && e.getCause() instanceof SQLException cause
                    && session.engine().isDuplicateKey(cause)) {
                return 0;
            }
            throw e;
        }
    }

    private String into(List<Column<Map<Field<?>, @Nullable Object>>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ", "INSERT INTO " + table + " (", ")"));
    }

    private static Column<Map<Field<?>, @Nullable Object>> column(Field<?> field) {
        return new Column<>(field.getName().toLowerCase(Locale.ROOT), type(field.getType()), row -> row.get(field));
    }

    private static String type(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == byte[].class) {
            return "bytea";
        }
        return type == Integer.class ? "integer" : "bigint";
    }
}
