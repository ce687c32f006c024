package dev.retailcrm.benchmarks;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
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

    /** On PostgreSQL: fills a table by a statement, and builds its indexes once it is full, which is several times as fast. */
    static void fill(DataSource dataSource, String table, String insert) throws SQLException {
        List<String> drop = new ArrayList<>();
        List<String> create = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(
                    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'p' AND conrelid = '"
                            + table + "'::regclass")) {
                while (row.next()) {
                    drop.add("ALTER TABLE " + table + " DROP CONSTRAINT " + row.getString(1));
                    create.add("ALTER TABLE " + table + " ADD CONSTRAINT " + row.getString(1) + " " + row.getString(2));
                }
            }
            try (ResultSet row = statement.executeQuery(
                    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE NOT indisprimary"
                            + " AND indrelid = '" + table + "'::regclass")) {
                while (row.next()) {
                    drop.add("DROP INDEX " + row.getString(1));
                    create.add(row.getString(2));
                }
            }
        }
        run(dataSource, drop.toArray(String[]::new));
        run(dataSource, insert);
        run(dataSource, create.toArray(String[]::new));
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
