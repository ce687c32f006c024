package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CoreError;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.Result;
import org.jooq.ResultQuery;
import org.jooq.SelectForUpdateStep;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * One transaction, or one read, on one connection, used by one thread. Failures leave it as jOOQ's {@link DataAccessException}
 * around the driver's exception; {@link JdbcUnitOfWork} gives them their code.
 */
final class Session {
    private final Connection connection;
    private final Settings settings;
    private final boolean own;
    private @Nullable DSLContext dsl;
    private boolean lost;
    private int commands;
    private boolean locking;

    Session(Connection connection, Settings settings, boolean own) {
        this.connection = connection;
        this.settings = settings;
        this.own = own;
    }

    /** Binds a statement's parameters. */
    interface Binder {
        void bind(PreparedStatement statement) throws SQLException;
    }

    /** Reads one row. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Takes one row. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    Connection connection() {
        return connection;
    }

    Engine engine() {
        return settings.engine();
    }

    /** jOOQ on this connection, for statements that are not on the posting path. */
    DSLContext dsl() {
        requireAlive();
        if (dsl == null) {
            dsl = settings.dsl(connection);
        }
        return dsl;
    }

    /** Runs a command, not a mere query. */
    <T> T writing(Supplier<T> command) {
        commands++;
        try {
            return command.get();
        } finally {
            commands--;
        }
    }

    /** Whether we end the transaction, not the host. */
    boolean isOwn() {
        return own;
    }

    boolean isLost() {
        return lost;
    }

    /** A customer was locked: what others committed before that must be seen from here on. */
    void markLocking() {
        locking = true;
    }

    /**
     * Whether a command locked a customer, so that reads must lock as well to see what was committed while it waited: MariaDB answers
     * a plain one from the snapshot of the host's transaction. Mere queries read plainly and wait for nobody.
     */
    boolean mustReadFresh() {
        return locking && commands > 0 && engine() == Engine.MARIADB;
    }

    /** Fetches what a customer's lock may protect; see {@link #mustReadFresh()}. */
    <R extends Record> Result<R> fetchFresh(SelectForUpdateStep<R> query) {
        return mustReadFresh() ? query.forShare().fetch() : query.fetch();
    }

    /** Whether a command runs, not a mere query. */
    boolean isCommand() {
        return commands > 0;
    }

    /** The transaction is gone: nothing more may be done in it. */
    void markLost() {
        lost = true;
    }

    void requireAlive() {
        if (lost) {
            throw CoreError.TRANSACTION_LOST.because(
                    "the database ended this transaction earlier; roll it back and repeat it");
        }
    }

    <T> List<T> query(String sql, Binder binder, Row<T> row) {
        requireAlive();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            try (ResultSet rows = statement.executeQuery()) {
                List<T> result = new ArrayList<>(4);
                while (rows.next()) {
                    result.add(row.read(rows));
                }
                return result;
            }
        } catch (SQLException e) {
            throw new DataAccessException("query failed", e);
        }
    }

    /** What a query finds, without records of jOOQ in between. */
    static <T> List<T> rows(ResultQuery<?> query, Row<T> row) {
        List<T> result = new ArrayList<>();
        eachRow(query, rows -> result.add(row.read(rows)));
        return result;
    }

    /** Reads each row that a query finds, without records of jOOQ in between. */
    static void eachRow(ResultQuery<?> query, Reader reader) {
        try (ResultSet rows = query.fetchResultSet()) {
            while (rows.next()) {
                reader.read(rows);
            }
        } catch (SQLException e) {
            throw new DataAccessException("query failed", e);
        }
    }

    int update(String sql, Binder binder) {
        requireAlive();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DataAccessException("update failed", e);
        }
    }

    /** Runs an insert; false if a row with its key was there. Only for engines whose transaction survives that. */
    boolean insertUnlessPresent(String sql, Binder binder) {
        return insertUnlessPresent(sql, 1, binder);
    }

    /** The same for so many rows of one statement: all of them or none. */
    boolean insertUnlessPresent(String sql, int rows, Binder binder) {
        requireAlive();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            binder.bind(statement);
            return statement.executeUpdate() == rows;
        } catch (SQLException e) {
            if (settings.engine().isDuplicateKey(e)) {
                return false;
            }
            throw new DataAccessException("insert failed", e);
        }
    }

    /** Runs a statement once for each row, in as few round trips as the driver can. */
    <T> void each(String sql, List<T> rows, RowBinder<T> binder) {
        if (rows.isEmpty()) {
            return;
        }
        requireAlive();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (rows.size() == 1) {
                binder.bind(statement, rows.get(0));
                statement.executeUpdate();
                return;
            }
            for (T row : rows) {
                binder.bind(statement, row);
                statement.addBatch();
            }
            statement.executeBatch();
        } catch (SQLException e) {
            throw new DataAccessException("batch failed", e);
        }
    }

    /** Binds the parameters of one row of a batch. */
    interface RowBinder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }
}
