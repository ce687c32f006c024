package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CoreError;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Whether our transactions write together or take turns. They take turns on H2 in a file: a commit there stores the tables one after
 * the other with whatever other transactions are halfway through, and after a kill H2 undoes those halves over what was committed
 * since. Thread-safe.
 */
final class Turns {
    private final @Nullable ReentrantLock turn;
    private final long patienceMillis;

    private Turns(@Nullable ReentrantLock turn, long patienceMillis) {
        this.turn = turn;
        this.patienceMillis = patienceMillis;
    }

    /** All at once. */
    static Turns none() {
        return new Turns(null, 0);
    }

    /** What the database needs. */
    static Turns on(Connection connection, Engine engine) throws SQLException {
        if (engine != Engine.H2) {
            return none();
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT DATABASE_PATH(), LOCK_TIMEOUT()")) {
            row.next();
            return row.getString(1) == null ? none() : new Turns(new ReentrantLock(), Math.max(1, row.getLong(2)));
        }
    }

    /** Waits for a turn, as long as the database would for a lock. */
    void take() {
        if (turn == null) {
            return;
        }
        try {
            if (turn.tryLock(patienceMillis, TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw CoreError.LOCK_TIMEOUT.because("other transactions of this process kept writing; repeat the transaction");
    }

    void end() {
        if (turn != null) {
            turn.unlock();
        }
    }
}
