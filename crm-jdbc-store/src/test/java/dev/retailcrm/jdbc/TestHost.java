package dev.retailcrm.jdbc;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tck.MutableClock;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * A shop that keeps its orders in the database of its customers: a fresh tenant of a kernel, at the engine's default isolation, and
 * one customer, Ann, who has 100 points.
 */
final class TestHost {
    private static final Map<Engine, TestDatabase> DATABASES = new ConcurrentHashMap<>();
    private static final AtomicLong TENANTS = new AtomicLong();

    final String tenant = "h" + TENANTS.incrementAndGet();
    final Engine engine;
    final DataSource plain;
    final JdbcCrm crm;
    final CustomerId ann;

    TestHost(Engine engine) {
        this.engine = engine;
        plain = database(engine).dataSource();
        crm = JdbcCrm.builder(new TransactionAwareDataSourceProxy(plain))
                .clock(MutableClock.at("2026-03-01T09:00:00Z"))
                .region("CN")
                .build();
        ann = register("Ann", "reg-ann");
        crm.tenant(tenant).points().earn(ann, 100, Posting.key("first"));
    }

    static TestDatabase database(Engine engine) {
        return DATABASES.computeIfAbsent(engine, TestHost::create);
    }

    CustomerId register(String name, String key) {
        return crm.tenant(tenant)
                .customers()
                .register(Registration.of(name).key(key))
                .id();
    }

    long balance() {
        return crm.tenant(tenant).points().balance(ann).available();
    }

    /** The host's own insert, on the connection of its transaction. */
    void order(Connection connection, String number) {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO host_order VALUES (?, ?)")) {
            insert.setString(1, tenant);
            insert.setString(2, number);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    List<String> orders() {
        return select("host_order").stream()
                .map(row -> row.substring(row.lastIndexOf('|') + 1))
                .toList();
    }

    /** Every row of this tenant, the host's and ours. */
    List<String> dump() {
        List<String> rows = select("host_order");
        try (Connection connection = plain.getConnection()) {
            for (String table : JdbcFixture.tables(connection)) {
                rows.addAll(select(table));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return rows;
    }

    private List<String> select(String table) {
        try (Connection connection = plain.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("SELECT * FROM " + table + " WHERE tenant_id = ?")) {
            select.setString(1, tenant);
            try (ResultSet rows = select.executeQuery()) {
                return new ArrayList<>(JdbcFixture.rows(table, rows));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TestDatabase create(Engine engine) {
        TestDatabase database = (switch (engine) {
                    case H2 -> TestH2.fast();
                    case POSTGRESQL -> TestPostgres.fast();
                    case MARIADB -> TestMariaDb.fast();
                })
                .newDatabase("host");
        CrmSchema.on(database.dataSource()).migrate();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE host_order (tenant_id VARCHAR(32) NOT NULL, order_no VARCHAR(20) NOT NULL,"
                    + " PRIMARY KEY (tenant_id, order_no))");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return database;
    }
}
