package dev.retailcrm.jdbc.fault;

import dev.retailcrm.jdbc.server.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.TimeZone;
import java.util.function.Supplier;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database whose sessions are in one time zone, whatever that of this JVM. */
final class ZonedSessions extends DelegatingDataSource {
    private final Engines engine;
    private final ZoneOffset zone;

    ZonedSessions(Engines engine, TestDatabase database, ZoneOffset zone) {
        super(database.dataSource());
        this.engine = engine;
        this.zone = zone;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute(command());
        }
        return connection;
    }

    private String command() {
        String offset = zone.equals(ZoneOffset.UTC) ? "+00:00" : zone.getId();
        return switch (engine) {
            case POSTGRESQL -> "SET TIME ZONE INTERVAL '" + offset + "' HOUR TO MINUTE";
            case MARIADB -> "SET time_zone = '" + offset + "'";
            case H2 -> "SET TIME ZONE '" + offset + "'";
        };
    }

    /** How many hours a session's wall clock is ahead of UTC, as the server sees it. */
    int hours() throws SQLException {
        String question = engine == Engines.MARIADB
                ? "SELECT TIMESTAMPDIFF(HOUR, UTC_TIMESTAMP(), NOW())"
                : "SELECT EXTRACT(TIMEZONE_HOUR FROM CURRENT_TIMESTAMP)";
        try (Connection connection = getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    /** Does something while this JVM's default time zone is another. */
    static <T> T inJvmAt(ZoneOffset zone, Supplier<T> work) {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            return work.get();
        } finally {
            TimeZone.setDefault(before);
        }
    }
}
