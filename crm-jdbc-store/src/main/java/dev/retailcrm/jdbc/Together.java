package dev.retailcrm.jdbc;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Statements that PostgreSQL gets in one round trip. It runs them one after the other, and each sees what was committed when it began: after one that
 * waits for a lock, also what the holder before wrote. For one session and one use; not thread-safe.
 */
final class Together {
    private final Session session;
    private final List<Part<?>> parts = new ArrayList<>();

    Together(Session session) {
        this.session = session;
    }

    /** Binds the parameters of one statement. */
    interface Binds {
        void to(Bind bind) throws SQLException;
    }

    /** A statement and what becomes of its answer: rows, or the number of those it wrote. */
    private record Part<T>(
            String sql,
            Binds binds,
            Session.@Nullable Row<T> row,
            List<T> rows,
            @Nullable IntConsumer written) {
        void answered(PreparedStatement statement) throws SQLException {
            if (row != null) {
                try (ResultSet found = statement.getResultSet()) {
                    while (found.next()) {
                        rows.add(row.read(found));
                    }
                }
            } else if (written != null) {
                written.accept(statement.getUpdateCount());
            }
        }
    }

    /** Adds a query; its rows are there once all is sent. */
    <T> List<T> query(String sql, Binds binds, Session.Row<T> row) {
        List<T> rows = new ArrayList<>(4);
        parts.add(new Part<>(sql, binds, row, rows, null));
        return rows;
    }

    /** Adds a statement that writes; how many rows is told when all is sent. */
    void update(String sql, Binds binds, IntConsumer written) {
        parts.add(new Part<>(sql, binds, null, List.of(), written));
    }

    void send() {
        if (parts.isEmpty()) {
            return;
        }
        session.requireAlive();
        String sql = parts.stream().map(Part::sql).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
            Bind bind = new Bind(statement);
            for (Part<?> part : parts) {
                part.binds().to(bind);
            }
            statement.execute();
            parts.get(0).answered(statement);
            for (Part<?> part : parts.subList(1, parts.size())) {
                statement.getMoreResults();
                part.answered(statement);
            }
        } catch (SQLException e) {
            throw new DataAccessException("statements failed", e);
        }
    }
}
