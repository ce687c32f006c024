package dev.retailcrm.jdbc;

import java.util.List;
import java.util.stream.Collectors;

/** Statements that add to sums, making rows that are absent; first and last instants become the earlier and later. Stateless. */
final class TradeUpserts {
    static final String FIRST = "first_ms";
    static final String LAST = "last_ms";

    private TradeUpserts() {}

    /** Adds one row, whose columns are bound in their order. */
    static String row(Engine engine, String table, List<? extends Column<?>> columns, int key) {
        return switch (engine) {
            case POSTGRESQL -> insert(table, columns) + onConflict(table, columns, key);
            case MARIADB ->
                insert(table, columns) + " ON DUPLICATE KEY UPDATE " + sums(columns, key, "", "VALUES(", ")");
            case H2 ->
                "MERGE INTO " + table + " t USING (VALUES ("
                        + columns.stream()
                                .map(column ->
                                        "CAST(? AS " + (column.type().equals("text") ? "VARCHAR" : "BIGINT") + ")")
                                .collect(Collectors.joining(", "))
                        + ")) AS r (" + names(columns, "") + ") ON ("
                        + columns.stream()
                                .limit(key)
                                .map(column -> "t.%1$s = r.%1$s".formatted(column.name()))
                                .collect(Collectors.joining(" AND "))
                        + ") WHEN MATCHED THEN UPDATE SET " + sums(columns, key, "t.", "r.", "")
                        + " WHEN NOT MATCHED THEN INSERT (" + names(columns, "") + ") VALUES (" + names(columns, "r.")
                        + ")";
        };
    }

    /** What follows an insert on PostgreSQL. */
    static String onConflict(String table, List<? extends Column<?>> columns, int key) {
        return " ON CONFLICT (" + names(columns.subList(0, key), "") + ") DO UPDATE SET "
                + sums(columns, key, table + ".", "excluded.", "");
    }

    /** Inserts one row. */
    static String insert(String table, List<? extends Column<?>> columns) {
        return "INSERT INTO " + table + " (" + names(columns, "") + ") VALUES ("
                + columns.stream().map(column -> "?").collect(Collectors.joining(", ")) + ")";
    }

    /** Changes the columns after the key, {@code assignment} a column, of the row whose key is bound last. */
    static String update(String table, List<? extends Column<?>> columns, int key, String assignment) {
        return "UPDATE " + table + " SET "
                + columns.stream()
                        .skip(key)
                        .map(column -> assignment.formatted(column.name()))
                        .collect(Collectors.joining(", "))
                + where(columns, key);
    }

    static String where(List<? extends Column<?>> columns, int key) {
        return columns.stream()
                .limit(key)
                .map(column -> column.name() + " = ?")
                .collect(Collectors.joining(" AND ", " WHERE ", ""));
    }

    static String names(List<? extends Column<?>> columns, String prefix) {
        return columns.stream().map(column -> prefix + column.name()).collect(Collectors.joining(", "));
    }

    private static String sums(List<? extends Column<?>> columns, int key, String kept, String before, String after) {
        return columns.stream()
                .skip(key)
                .map(column -> sum(column.name(), kept + column.name(), before + column.name() + after))
                .collect(Collectors.joining(", "));
    }

    private static String sum(String name, String kept, String added) {
        return switch (name) {
            case FIRST -> name + " = LEAST(COALESCE(%1$s, %2$s), COALESCE(%2$s, %1$s))".formatted(kept, added);
            case LAST -> name + " = GREATEST(COALESCE(%1$s, %2$s), COALESCE(%2$s, %1$s))".formatted(kept, added);
            default -> name + " = " + kept + " + " + added;
        };
    }
}
