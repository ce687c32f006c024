package dev.retailcrm.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Statements several benchmarks need. */
final class Sql {
    /** A customer by id alone. */
    static final String INSERT_CUSTOMER =
            "INSERT INTO crm_customer (tenant_id, customer_id, version, event_seq, status, joined_ms, changed_ms)"
                    + " VALUES ('acme', ?, 1, 1, 'ACTIVE', 0, 0)";

    private Sql() {}

    static int count(DataSource dataSource, String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static void run(DataSource dataSource, String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
