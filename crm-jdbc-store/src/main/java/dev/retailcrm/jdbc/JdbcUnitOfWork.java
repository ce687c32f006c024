package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.UnitOfWork;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;

/**
 * Units of work on a {@link DataSource}. A connection that comes with autocommit off carries the host's transaction (Spring's
 * {@code TransactionAwareDataSourceProxy}, an application server): it is joined, and neither committed nor rolled back. One with
 * autocommit on is taken for a transaction of our own. Thread-safe.
 */
final class JdbcUnitOfWork implements UnitOfWork {
    private static final List<Integer> BACK_OFF_MILLIS = List.of(5, 10, 20, 40, 80, 160, 320);

    private final DataSource dataSource;
    private final Settings settings;
    private final Turns turns;

    @SuppressWarnings("ThreadLocalUsage") // one a host's crm, not one a program: two of them must not meet on a thread
    private final ThreadLocal<@Nullable Session> current = new ThreadLocal<>();

    /** Host connections whose transaction the database has ended, until they are handed back to the pool. */
    private final Map<Connection, Boolean> lost = Collections.synchronizedMap(new WeakHashMap<>());

    JdbcUnitOfWork(DataSource dataSource, Settings settings, Turns turns) {
        this.dataSource = dataSource;
        this.settings = settings;
        this.turns = turns;
    }

    /** The session of the work running on this thread. */
    Session session() {
        Session session = current.get();
        if (session == null) {
            throw new IllegalStateException("a store was called outside a unit of work");
        }
        session.requireAlive();
        return session;
    }

    /** Runs work on a host's connection whose owner commits. */
    <T> T on(Session host, Supplier<T> work, boolean writes) {
        Session outer = current.get();
        current.set(host);
        try {
            return joined(host, work, writes);
        } finally {
            restore(outer);
        }
    }

    @Override
    public <T> T run(Supplier<T> work) {
        Session outer = current.get();
        if (outer != null) {
            return joined(outer, work, true);
        }
        for (int attempt = 0; ; attempt++) {
            try {
                return opened(work, true);
            } catch (Victim victim) {
                if (attempt == BACK_OFF_MILLIS.size()) {
                    throw CoreError.TRANSACTION_LOST.causedBy(
                            victim.reason, "the database chose this transaction as a victim %d times", attempt + 1);
                }
                pause(BACK_OFF_MILLIS.get(attempt));
            }
        }
    }

    @Override
    public <T> T read(Supplier<T> work) {
        Session outer = current.get();
        return outer != null ? joined(outer, work, false) : opened(work, false);
    }

    /** Work inside a transaction somebody else ends. */
    private <T> T joined(Session session, Supplier<T> work, boolean writes) {
        session.requireAlive();
        try {
            return writes ? session.writing(work) : work.get();
        } catch (DataAccessException e) {
            session.markLost();
            if (session.isOwn()
                    && e.getCause() instanceof SQLException cause
                    && settings.engine().isVictim(cause)) {
                throw new Victim(cause);
            }
            throw coded(e);
        }
    }

    private <T> T opened(Supplier<T> work, boolean writes) {
        Connection connection = connect();
        try {
            if (!connection.getAutoCommit()) {
                return ambient(connection, work, writes);
            }
            Session session = new Session(connection, settings, true);
            current.set(session);
            try {
                return writes ? transaction(session, work) : work.get();
            } catch (DataAccessException e) {
                if (e.getCause() instanceof SQLException cause
                        && settings.engine().isVictim(cause)) {
                    throw new Victim(cause);
                }
                throw coded(e);
            } finally {
                current.remove();
            }
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "the connection failed: SQL state %s", e.getSQLState());
        } finally {
            handBack(connection);
        }
    }

    /** What fails now is not the command's: it has been committed, or has told its own failure. */
    private static void handBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            abandon(connection);
        }
    }

    private <T> T ambient(Connection connection, Supplier<T> work, boolean writes) throws SQLException {
        Connection physical = connection.getMetaData().getConnection();
        Session session = new Session(connection, settings, false);
        if (lost.containsKey(physical)) {
            session.markLost();
        }
        current.set(session);
        try {
            return joined(session, work, writes);
        } finally {
            current.remove();
            if (session.isLost()) {
                lost.put(physical, true);
            }
        }
    }

    private <T> T transaction(Session session, Supplier<T> work) throws SQLException {
        turns.take();
        try {
            return alone(session, work);
        } finally {
            turns.end();
        }
    }

    private <T> T alone(Session session, Supplier<T> work) throws SQLException {
        Connection connection = session.connection();
        begin(connection);
        boolean done = false;
        try {
            T result = session.writing(work);
            session.requireAlive();
            commit(connection);
            done = true;
            return result;
        } finally {
            if (!done) {
                rollBack(connection);
            }
            restoreAutoCommit(connection);
        }
    }

    private void begin(Connection connection) throws SQLException {
        if (!settings.beginsByStatement()) {
            connection.setAutoCommit(false);
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("START TRANSACTION");
        }
    }

    private void commit(Connection connection) {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (settings.engine().isCertainlyNotCommitted(e)) {
                throw new DataAccessException("commit refused", e);
            }
            throw CoreError.COMMIT_OUTCOME_UNKNOWN.causedBy(
                    e, "the commit was not answered; repeat with the same request key");
        }
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The connection is broken: its server rolls back by itself, and the first failure is the one to tell.
            abandon(connection);
        }
    }

    private static void restoreAutoCommit(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            abandon(connection);
        }
    }

    private static void abandon(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            // Nothing more can be done for it; its pool finds out when it is returned.
        }
    }

    private Connection connect() {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "no connection: SQL state %s", e.getSQLState());
        }
    }

    private void restore(@Nullable Session outer) {
        if (outer == null) {
            current.remove();
        } else {
            current.set(outer);
        }
    }

    private CrmException coded(DataAccessException e) {
        if (!(e.getCause() instanceof SQLException cause)) {
            return CoreError.STORE_FAILED.causedBy(e, "a statement failed");
        }
        Engine engine = settings.engine();
        if (engine.isVictim(cause)) {
            return CoreError.TRANSACTION_LOST.causedBy(cause, "the database ended the transaction; repeat it");
        }
        if (engine.isLockTimeout(cause)) {
            return CoreError.LOCK_TIMEOUT.causedBy(cause, "a lock was not granted in time; repeat the transaction");
        }
        if (engine.isReadOnly(cause)) {
            return CoreError.STORE_READ_ONLY.causedBy(cause, "the database accepts no writes");
        }
        return CoreError.STORE_FAILED.causedBy(
                cause, "a statement failed: SQL state %s, code %d", cause.getSQLState(), cause.getErrorCode());
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(millis, 2 * millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** An own transaction lost to a deadlock or serialization failure. */
    private static final class Victim extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient SQLException reason;

        Victim(SQLException reason) {
            super(reason);
            this.reason = reason;
        }
    }
}
