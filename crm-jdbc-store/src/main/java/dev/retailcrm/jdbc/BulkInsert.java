package dev.retailcrm.jdbc;

import com.google.common.collect.Lists;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.exception.DataAccessException;

/** Inserts rows of one table: on PostgreSQL all in one statement, on the others {@value #ROWS} in each. For one session. */
final class BulkInsert {
    /** The most rows of a statement on H2 and MariaDB. */
    static final int ROWS = 200;

    /** From how many rows on PostgreSQL is given once what is the same in all. */
    private static final int MANY = 100;

    private final Session session;
    private final String table;

    BulkInsert(Session session, Table<?> table) {
        this.session = session;
        this.table = table.getName().toLowerCase(Locale.ROOT);
    }

    /** Inserts rows of the same columns, none of which may be there. */
    void all(List<NewRow> rows) {
        insert(rows, "");
    }

    /** Inserts rows of several tables, as {@link #all} does each; on PostgreSQL all in one statement. */
    static void each(Session session, Map<Table<?>, List<NewRow>> given) {
        List<Given> parts = new ArrayList<>();
        given.forEach((table, rows) -> {
            if (session.engine() != Engine.POSTGRESQL) {
                new BulkInsert(session, table).all(rows);
            } else if (!rows.isEmpty()) {
                parts.add(new BulkInsert(session, table).given(rows, ""));
            }
        });
        if (!parts.isEmpty()) {
            StringBuilder sql = new StringBuilder();
            int last = parts.size() - 1;
            for (int i = 0; i < last; i++) {
                sql.append(i == 0 ? "WITH " : ", ").append("t").append(i);
                sql.append(" AS (").append(parts.get(i).sql()).append(")");
            }
            sql.append(last == 0 ? "" : " ").append(parts.get(last).sql());
            session.update(sql.toString(), statement -> {
                Bind bind = new Bind(statement);
                for (Given part : parts) {
                    part.bind(bind);
                }
            });
        }
    }

    /**
     * Inserts rows of the same columns, some of which may be there, without a unique violation that would end PostgreSQL's transaction;
     * how many were written. The other engines, which survive the violation, then write none of its statement's, and no more.
     */
    int unlessPresent(List<NewRow> rows) {
        return insert(rows, " ON CONFLICT DO NOTHING");
    }

    private int insert(List<NewRow> rows, String onConflict) {
        if (rows.isEmpty()) {
            return 0;
        }
        if (session.engine() == Engine.POSTGRESQL) {
            Given given = given(rows, onConflict);
            return session.update(given.sql(), statement -> given.bind(new Bind(statement)));
        }
        List<Column<NewRow>> columns = columns(rows.get(0));
        int written = 0;
        for (List<NewRow> part : Lists.partition(rows, ROWS)) {
            int these = portable(columns, part, onConflict.isEmpty());
            written += these;
            if (these < part.size()) {
                break;
            }
        }
        return written;
    }

    /** Rows as PostgreSQL takes them; what is the same in all of many rows is given once. */
    private record Given(String sql, List<Column<NewRow>> same, PostgresRows<NewRow> different) {
        Bind bind(Bind bind) throws SQLException {
            bind.row(same, different.rows().get(0));
            different.bind(bind);
            return bind;
        }
    }

    private Given given(List<NewRow> rows, String onConflict) {
        List<Column<NewRow>> same = new ArrayList<>();
        List<Column<NewRow>> different = new ArrayList<>();
        List<Column<NewRow>> columns = columns(rows.get(0));
        for (int i = 0; i < columns.size(); i++) {
            (i > 0 && rows.size() >= MANY && isSame(i, rows) ? same : different).add(columns.get(i));
        }
        var source = new PostgresRows<>(different, rows);
        List<Column<NewRow>> all = new ArrayList<>(same);
        all.addAll(different);
        String once = same.stream().map(it -> "?::" + it.type() + ", ").collect(Collectors.joining());
        return new Given(
                into(all) + " SELECT " + once + source.names("r.") + " FROM " + source.source() + onConflict,
                same,
                source);
    }

    private static boolean isSame(int column, List<NewRow> rows) {
        Object first = rows.get(0).value(column);
        for (NewRow row : rows) {
            if (!Objects.equals(first, row.value(column))) {
                return false;
            }
        }
        return true;
    }

    private int portable(List<Column<NewRow>> columns, List<NewRow> rows, boolean mustBeNew) {
        String row = "(" + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        String sql = into(columns) + " VALUES " + String.join(", ", Collections.nCopies(rows.size(), row));
        try {
            return session.update(sql, statement -> {
                Bind bind = new Bind(statement);
                for (NewRow values : rows) {
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

    private String into(List<Column<NewRow>> columns) {
        return columns.stream().map(Column::name).collect(Collectors.joining(", ", "INSERT INTO " + table + " (", ")"));
    }

    private static List<Column<NewRow>> columns(NewRow first) {
        List<Column<NewRow>> columns = new ArrayList<>();
        for (int i = 0; i < first.fields().size(); i++) {
            Field<?> field = first.fields().get(i);
            int index = i;
            columns.add(new Column<>(
                    field.getName().toLowerCase(Locale.ROOT), type(field.getType()), row -> row.value(index)));
        }
        return columns;
    }

    private static String type(Class<?> type) {
        if (type == String.class) {
            return "text";
        }
        if (type == byte[].class) {
            return "bytea";
        }
        if (type == BigDecimal.class) {
            return "numeric";
        }
        if (type == Boolean.class) {
            return "boolean";
        }
        return type == Integer.class ? "integer" : "bigint";
    }
}
