package dev.retailcrm.jdbc.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.mariadb.jdbc.MariaDbDataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Where a database of a {@link TestServer} is reached. Immutable. */
public record TestDatabase(String url, String user, String password) {

    /** The driver's own data source: a new physical connection per call, no pool. */
    public DataSource dataSource() {
        try {
            if (url.startsWith("jdbc:postgresql:")) {
                return postgres();
            }
            return url.startsWith("jdbc:mariadb:") ? mariaDb() : h2();
        } catch (SQLException e) {
            throw new IllegalStateException("No data source for " + url, e);
        }
    }

    /** A new physical connection, in auto-commit as the driver hands it out. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    private DataSource postgres() {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private DataSource mariaDb() throws SQLException {
        var source = new MariaDbDataSource(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private DataSource h2() {
        var source = new JdbcDataSource();
        source.setURL(url);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
