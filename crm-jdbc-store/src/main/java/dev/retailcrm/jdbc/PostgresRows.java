package dev.retailcrm.jdbc;

import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows as PostgreSQL takes them in a statement, as a table r. A few are given one by one: the database then keeps the plan, while it
 * would plan a statement over arrays anew each time. More come as arrays. Immutable.
 */
record PostgresRows<T>(List<Column<T>> columns, List<T> rows) {
    /** The most rows that are given one by one. */
    private static final int FEW = 12;

    private boolean few() {
        return rows.size() <= FEW;
    }

    /**
     * The rows to update, each by itself if they are few: a row that is given alone is found by its whole key, whatever the database has yet to learn of the
     * table; several are joined with all rows of the customer until it knows that she has many.
     */
    List<PostgresRows<T>> apart() {
        return few()
                ? rows.stream()
                        .map(row -> new PostgresRows<>(columns, List.of(row)))
                        .toList()
                : List.of(this);
    }

    /** What is different about statements of different numbers of rows. */
    String shape() {
        return few() ? Integer.toString(rows.size()) : "";
    }

    String names(String prefix) {
        return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
    }

    /** The rows as a table r. */
    String source() {
        String row = columns.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", ", "(", ")"));
        String source = few()
                ? "(VALUES " + String.join(", ", Collections.nCopies(rows.size(), row)) + ")"
                : "unnest(" + arrays() + ")";
        return source + " AS r (" + names("") + ")";
    }

    /** A parameter for each column, of all rows' values. */
    String arrays() {
        return columns.stream().map(column -> "?::" + column.type() + "[]").collect(Collectors.joining(", "));
    }

    /** Binds what {@link #source} asks for. */
    void bind(Bind bind) throws SQLException {
        if (!few()) {
            bindArrays(bind);
            return;
        }
        for (T row : rows) {
            bind.row(columns, row);
        }
    }

    /** Binds what {@link #arrays} asks for. */
    void bindArrays(Bind bind) throws SQLException {
        for (Column<T> column : columns) {
            var values = rows.stream().map(column.value());
            bind.array(column.type(), column.type().equals("bytea") ? values.toArray(byte[][]::new) : values.toArray());
        }
    }
}
