package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CoreError;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the database acknowledges survives a crash of its process or machine. Immutable.
 *
 * @param engine the database, with its version
 * @param warnings settings under which acknowledged commits can be lost or commands have to be repeated often, each with what to set
 *     instead; empty if there are none
 */
public record Durability(String engine, List<String> warnings) {
    private static final Map<String, String> POSTGRESQL = Map.of(
            "fsync", "on",
            "full_page_writes", "on");
    private static final Map<String, String> MARIADB = Map.of(
            "innodb_flush_log_at_trx_commit", "1",
            "innodb_doublewrite", "1");

    /** Copies the warnings. */
    public Durability {
        warnings = List.copyOf(warnings);
    }

    /** Whether nothing acknowledged can be lost. */
    public boolean isSafe() {
        return warnings.stream().noneMatch(warning -> warning.startsWith("lost:"));
    }

    /** Asks the database. A few round trips; for the start of a host, not for every command. */
    public static Durability of(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            List<String> warnings = new ArrayList<>();
            Engine engine = Engine.of(connection);
            switch (engine) {
                case POSTGRESQL -> postgres(connection, warnings);
                case MARIADB -> mariaDb(connection, warnings);
                case H2 -> h2(connection, warnings);
            }
            return new Durability(engine + " " + connection.getMetaData().getDatabaseProductVersion(), warnings);
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "no answer from the database: SQL state %s", e.getSQLState());
        }
    }

    private static void postgres(Connection connection, List<String> warnings) throws SQLException {
        POSTGRESQL.forEach((name, wanted) -> expect(setting(connection, "SHOW " + name), name, wanted, warnings));
        String commit = setting(connection, "SHOW synchronous_commit");
        if ("off".equals(commit)) {
            warnings.add("lost: synchronous_commit is off, set it on");
        }
    }

    private static void mariaDb(Connection connection, List<String> warnings) throws SQLException {
        MARIADB.forEach((name, wanted) -> {
            String value = setting(connection, "SELECT @@" + name);
            expect("ON".equalsIgnoreCase(value) ? "1" : value, name, wanted, warnings);
        });
        if (connection.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            warnings.add("slow: READ COMMITTED makes fewer deadlocks between first bookings of different customers;"
                    + " set transactionIsolation=READ-COMMITTED in the URL");
        }
    }

    private static void h2(Connection connection, List<String> warnings) throws SQLException {
        String url = setting(connection, "SELECT DATABASE_PATH()");
        if (url == null) {
            warnings.add("lost: the database is kept in memory");
            return;
        }
        String delay = h2Setting(connection, "WRITE_DELAY");
        expect(delay == null ? "500" : delay, "WRITE_DELAY", "0", warnings);
        DatabaseMetaData h2 = connection.getMetaData();
        if (losesItsEnd(
                h2.getDatabaseMajorVersion(), h2.getDatabaseMinorVersion(), h2Setting(connection, "REUSE_SPACE"))) {
            warnings.add(
                    "lost: H2 of version 2.5 forgets its last commits when its process is killed, where it had reused space of its"
                            + " file; take version 2.4.240, or set REUSE_SPACE to FALSE and compact the file at times");
        }
        warnings.add(
                "H2 keeps what it acknowledged when its process is killed only if one transaction writes at a time; a kernel's own"
                        + " take turns, but not with a host's transactions, other kernels or other processes");
    }

    /**
     * Whether a kill costs the last commits: since 2.5.250 the header of a file is written before H2 has noted which part of the file is
     * its newest, so that one in reused space is not found again.
     */
    static boolean losesItsEnd(int major, int minor, @Nullable String reuseSpace) {
        return (major > 2 || (major == 2 && minor >= 5)) && !"FALSE".equalsIgnoreCase(reuseSpace);
    }

    private static @Nullable String h2Setting(Connection connection, String name) {
        return setting(
                connection,
                "SELECT SETTING_VALUE FROM INFORMATION_SCHEMA.SETTINGS WHERE SETTING_NAME = '" + name + "'");
    }

    private static void expect(@Nullable String value, String name, String wanted, List<String> warnings) {
        if (!wanted.equals(value)) {
            warnings.add(String.format(Locale.ROOT, "lost: %s is %s, set it to %s", name, value, wanted));
        }
    }

    private static @Nullable String setting(Connection connection, String sql) {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getString(1) : null;
        } catch (SQLException e) {
            throw CoreError.STORE_FAILED.causedBy(e, "no answer from the database: SQL state %s", e.getSQLState());
        }
    }
}
