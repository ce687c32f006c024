package dev.retailcrm.jdbc;

import com.google.common.collect.ImmutableSet;
import dev.retailcrm.core.kernel.CoreError;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.jooq.SQLDialect;

/** The databases this adapter speaks to, and how each says that something went wrong. */
enum Engine {
    H2("h2", SQLDialect.H2, ImmutableSet.of(90131, 40001), ImmutableSet.of(50200, 57014)),
    POSTGRESQL("postgresql", SQLDialect.POSTGRES, ImmutableSet.of(), ImmutableSet.of()),
    MARIADB("mariadb", SQLDialect.MARIADB, ImmutableSet.of(1213, 1020), ImmutableSet.of(1205, 1969, 3024));

    private static final ImmutableSet<String> READ_ONLY_STATES = ImmutableSet.of("25006", "90097", "25S03");

    private final String folder;
    private final SQLDialect dialect;
    private final ImmutableSet<Integer> victims;
    private final ImmutableSet<Integer> timeouts;

    Engine(String folder, SQLDialect dialect, ImmutableSet<Integer> victims, ImmutableSet<Integer> timeouts) {
        this.folder = folder;
        this.dialect = dialect;
        this.victims = victims;
        this.timeouts = timeouts;
    }

    /** The engine behind a connection. */
    static Engine of(Connection connection) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
        return switch (product) {
            case "h2" -> H2;
            case "postgresql" -> POSTGRESQL;
            case "mariadb", "mysql" -> MARIADB;
            default -> throw CoreError.CONNECTION_UNSUITABLE.because("%s is none of H2, PostgreSQL, MariaDB", product);
        };
    }

    /** The folder of its scripts under {@code META-INF/crm/schema}. */
    String folder() {
        return folder;
    }

    SQLDialect dialect() {
        return dialect;
    }

    /** A deadlock or serialization failure: the transaction is gone, the same work may be tried again. */
    boolean isVictim(SQLException e) {
        String state = state(e);
        return state.equals("40001") || state.equals("40P01") || victims.contains(e.getErrorCode());
    }

    /** A lock was not granted in time. */
    boolean isLockTimeout(SQLException e) {
        return state(e).equals("55P03") || state(e).equals("HYT00") || timeouts.contains(e.getErrorCode());
    }

    boolean isDuplicateKey(SQLException e) {
        return state(e).equals("23505") || e.getErrorCode() == 1062;
    }

    boolean isReadOnly(SQLException e) {
        return READ_ONLY_STATES.contains(state(e))
                || (this == MARIADB && e.getErrorCode() == 1290)
                || (this == MARIADB && e.getErrorCode() == 1792);
    }

    /**
     * Whether a commit that failed this way certainly did not happen. Everything else, broken connections above all, may have
     * committed.
     */
    boolean isCertainlyNotCommitted(SQLException e) {
        return isVictim(e) || state(e).startsWith("23") || state(e).startsWith("25");
    }

    private static String state(SQLException e) {
        return e.getSQLState() == null ? "" : e.getSQLState();
    }
}
