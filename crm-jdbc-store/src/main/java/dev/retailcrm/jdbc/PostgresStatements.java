package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.PortableLedgerWriter.bindAccount;
import static dev.retailcrm.jdbc.PortableLedgerWriter.bindId;
import static dev.retailcrm.jdbc.PortableLedgerWriter.lines;

import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.LedgerChange.Request;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.PortableLedgerWriter.Line;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The data-modifying statements for changes of any shape. A statement has only the parts its changes need, so there are few of them,
 * each made once. Changes of many customers always give their rows as arrays. Thread-safe.
 */
final class PostgresStatements {
    private static final String SEPARATOR = ",\n";

    private final Map<String, String> made = new ConcurrentHashMap<>();

    /** A part of the statement: the rows of one table. */
    private record Part<T>(String table, PostgresRows<T> given, Function<T, CustomerId> owner, boolean insert) {
        Part(String table, List<Column<T>> columns, List<T> rows, Function<T, CustomerId> owner, boolean insert) {
            this(table, new PostgresRows<>(columns, rows), owner, insert);
        }

        static <V> Part<Line<V>> of(
                String table,
                List<Column<Line<V>>> columns,
                List<LedgerChange> changes,
                Function<LedgerChange, List<V>> rows,
                boolean insert) {
            return new Part<>(
                    table, columns, lines(changes, rows), line -> line.account().customer(), insert);
        }

        List<T> rows() {
            return given.rows();
        }

        Stream<Part<T>> apart() {
            return insert ? Stream.of(this) : given.apart().stream().map(it -> new Part<>(table, it, owner, false));
        }

        List<Column<T>> columns() {
            return given.columns();
        }

        String names(String prefix) {
            return given.names(prefix);
        }

        /** The key column within the account, by which rows are updated: the first. */
        String key() {
            return columns().get(0).name();
        }

        void bindOwners(Bind bind) throws SQLException {
            bind.array(
                    "bigint",
                    rows().stream().map(row -> owner.apply(row).value()).toArray());
        }
    }

    private static List<Part<?>> parts(List<LedgerChange> changes) {
        List<Part<?>> parts = new ArrayList<>(8);
        parts.add(Part.of("crm_entry", PostgresColumns.ENTRY, changes, LedgerChange::entries, true));
        parts.add(Part.of("crm_lot", PostgresColumns.NEW_LOT, changes, LedgerChange::opened, true));
        parts.add(Part.of("crm_lot", PostgresColumns.LOT, changes, LedgerChange::changed, false));
        parts.add(Part.of("crm_movement", PostgresColumns.MOVEMENT, changes, LedgerChange::movements, true));
        parts.add(Part.of("crm_hold", PostgresColumns.NEW_HOLD, changes, LedgerChange::placed, true));
        parts.add(Part.of("crm_hold", PostgresColumns.HOLD, changes, LedgerChange::ended, false));
        parts.add(new Part<>(
                "crm_outbox",
                PostgresColumns.EVENT,
                changes.stream().map(PortableLedgerWriter::envelope).toList(),
                EventEnvelope::customer,
                true));
        parts.removeIf(part -> part.rows().isEmpty());
        return parts;
    }

    private static String shape(List<Part<?>> parts, Function<Part<?>, Object> size) {
        StringBuilder shape = new StringBuilder(128);
        parts.forEach(part ->
                shape.append(part.table()).append(part.insert() ? '+' : '=').append(size.apply(part)));
        return shape.toString();
    }

    /** A statement and its parameters. */
    record Prepared(String sql, Together.Binds binds) {}

    /** Writes one change of one customer: one row if it was written, none if its key was there. */
    Prepared one(LedgerChange change, Request request) {
        AccountId id = change.before().id();
        List<Part<?>> parts =
                parts(List.of(change)).stream().<Part<?>>flatMap(Part::apart).toList();
        String sql =
                made.computeIfAbsent("one:" + shape(parts, part -> part.given().shape()), shape -> oneSql(parts));
        return new Prepared(sql, bind -> {
            bind.text(id.tenant().value())
                    .number(id.customer().value())
                    .text(request.key().value())
                    .number(request.fingerprint())
                    .text(request.answer());
            for (Part<?> part : parts) {
                if (part.insert()) {
                    bind.text(id.tenant().value()).number(id.customer().value());
                    part.given().bind(bind);
                } else {
                    part.given().bind(bind);
                    bindId(bind, id);
                }
            }
            bindId(bindAccount(bind, change.after()), id);
        });
    }

    private static String oneSql(List<Part<?>> parts) {
        StringBuilder sql = new StringBuilder("""
                WITH k AS (
                    INSERT INTO crm_request (tenant_id, customer_id, request_key, fingerprint, answer)
                    VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING 1)""");
        int number = 0;
        for (Part<?> part : parts) {
            sql.append(SEPARATOR).append("p").append(++number).append(" AS (");
            if (part.insert()) {
                sql.append("INSERT INTO %s (tenant_id, customer_id, %s) SELECT ?, ?, %s FROM k, %s)"
                        .formatted(
                                part.table(),
                                part.names(""),
                                part.names("r."),
                                part.given().source()));
            } else {
                sql.append("UPDATE %s t SET %s FROM k, %s "
                                .formatted(
                                        part.table(),
                                        assignments(part),
                                        part.given().source())
                        + "WHERE t.tenant_id = ? AND t.customer_id = ? AND t.asset = ? AND t.%1$s = r.%1$s)"
                                .formatted(part.key()));
            }
        }
        return sql.append("\nUPDATE crm_account a SET ")
                .append(PostgresColumns.ACCOUNT.stream()
                        .map(column -> column.name() + " = ?")
                        .collect(Collectors.joining(", ")))
                .append(" FROM k WHERE a.tenant_id = ? AND a.customer_id = ? AND a.asset = ?")
                .toString();
    }

    private static String assignments(Part<?> part) {
        return part.columns().stream()
                .skip(1)
                .map(column -> "%1$s = r.%1$s".formatted(column.name()))
                .collect(Collectors.joining(", "));
    }

    /** Writes changes of different customers for one asset; returns those that were written. */
    Set<Long> all(Session session, List<LedgerChange> changes) {
        AccountId first = changes.get(0).before().id();
        List<LedgerChange> keyed =
                changes.stream().filter(change -> change.request() != null).toList();
        List<Part<?>> parts = parts(changes);
        var requests = new Part<>("crm_request", PostgresColumns.REQUEST, keyed, PostgresStatements::owner, true);
        var accounts = new Part<>("crm_account", PostgresColumns.ACCOUNT, changes, PostgresStatements::owner, false);
        Object[] unkeyed = changes.stream()
                .filter(change -> change.request() == null)
                .map(change -> owner(change).value())
                .toArray();
        String sql =
                made.computeIfAbsent("all:" + shape(parts, part -> ""), shape -> allSql(requests, parts, accounts));
        List<Long> written = session.query(
                sql,
                statement -> {
                    Bind bind = new Bind(statement).text(first.tenant().value());
                    requests.bindOwners(bind);
                    requests.given().bindArrays(bind);
                    bind.array("bigint", unkeyed);
                    for (Part<?> part : parts) {
                        if (part.insert()) {
                            bind.text(first.tenant().value());
                        }
                        part.bindOwners(bind);
                        part.given().bindArrays(bind);
                        if (!part.insert()) {
                            bind.text(first.tenant().value()).text(first.asset().code());
                        }
                    }
                    accounts.bindOwners(bind);
                    accounts.given().bindArrays(bind);
                    bind.text(first.tenant().value()).text(first.asset().code());
                },
                row -> row.getLong(1));
        return new HashSet<>(written);
    }

    private static CustomerId owner(LedgerChange change) {
        return change.before().id().customer();
    }

    private static String allSql(Part<?> requests, List<Part<?>> parts, Part<?> accounts) {
        StringBuilder sql = new StringBuilder("WITH k AS (")
                .append(insertAll(requests, ""))
                .append(" ON CONFLICT DO NOTHING RETURNING customer_id)")
                .append(SEPARATOR)
                .append("ok AS (SELECT customer_id FROM k UNION ALL SELECT c FROM unnest(?::bigint[]) AS u (c))");
        int number = 0;
        for (Part<?> part : parts) {
            sql.append(SEPARATOR).append("p").append(++number).append(" AS (");
            if (part.insert()) {
                sql.append(insertAll(part, " JOIN ok ON ok.customer_id = r.customer_id"));
            } else {
                sql.append(updateAll(part)).append(" AND t.%1$s = r.%1$s".formatted(part.key()));
            }
            sql.append(")");
        }
        return sql.append(SEPARATOR)
                .append("a AS (")
                .append(updateAll(accounts).replace(" SET ", " SET seq = r.seq, "))
                .append(")\nSELECT customer_id FROM ok")
                .toString();
    }

    private static String insertAll(Part<?> part, String join) {
        return "INSERT INTO %s (tenant_id, customer_id, %s) SELECT ?, r.customer_id, %s FROM unnest(?::bigint[], %s) AS r (customer_id, %s)%s"
                .formatted(
                        part.table(),
                        part.names(""),
                        part.names("r."),
                        part.given().arrays(),
                        part.names(""),
                        join);
    }

    private static String updateAll(Part<?> part) {
        return "UPDATE %s t SET %s FROM ok JOIN unnest(?::bigint[], %s) AS r (customer_id, %s) ON ok.customer_id = r.customer_id WHERE t.tenant_id = ? AND t.customer_id = r.customer_id AND t.asset = ?"
                .formatted(part.table(), assignments(part), part.given().arrays(), part.names(""));
    }
}
