package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.CrmSchema;
import dev.retailcrm.jdbc.JdbcCrm;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestMariaDb;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnfitDatabaseTest {
    @ParameterizedTest
    @EnumSource
    void without_tables_is_refused_at_start(Engines engine) {
        TestDatabase database = engine.newDatabase("bare");

        refused(CoreError.SCHEMA_MISMATCH, () -> JdbcCrm.on(database.dataSource()));
    }

    @ParameterizedTest
    @EnumSource
    void of_another_version_is_refused_at_start(Engines engine) throws Exception {
        TestDatabase database = engine.newDatabase("other_version");
        CrmSchema.on(database.dataSource()).migrate();

        for (String version : new String[] {"version - 1", "version + 2"}) {
            execute(database, "UPDATE crm_schema SET version = " + version);
            refused(CoreError.SCHEMA_MISMATCH, () -> JdbcCrm.on(database.dataSource()));
        }
        execute(database, "DELETE FROM crm_schema");
        refused(CoreError.SCHEMA_MISMATCH, () -> JdbcCrm.on(database.dataSource()));
    }

    @Test
    void that_is_read_only_says_so_on_postgresql() throws Exception {
        TestDatabase database = Engines.POSTGRESQL.newDatabase("read_only");
        CustomerId customer = customer(database);
        TestDatabase readOnly = new TestDatabase(
                database.url() + "?options=-c%20default_transaction_read_only=on",
                database.user(),
                database.password());

        readsButRefusesToWrite(readOnly, customer);
    }

    @Test
    void that_is_read_only_says_so_on_mariadb() throws Exception {
        TestDatabase database = TestMariaDb.fast().newDatabase("read_only");
        CustomerId customer = customer(database);
        execute(database, "CREATE USER IF NOT EXISTS clerk IDENTIFIED BY 'clerk'");
        execute(database, "GRANT SELECT, INSERT, UPDATE, DELETE ON *.* TO clerk");
        execute(database, "SET GLOBAL read_only = 1");
        try {
            readsButRefusesToWrite(new TestDatabase(database.url(), "clerk", "clerk"), customer);
        } finally {
            execute(database, "SET GLOBAL read_only = 0");
        }
    }

    @Test
    void that_is_read_only_says_so_on_h2(@TempDir Path directory) throws Exception {
        String url = "jdbc:h2:file:" + directory.resolve("shop");
        CustomerId customer = customer(new TestDatabase(url, "sa", ""));

        readsButRefusesToWrite(new TestDatabase(url + ";ACCESS_MODE_DATA=r", "sa", ""), customer);
    }

    private static void readsButRefusesToWrite(TestDatabase database, CustomerId customer) {
        var points = JdbcCrm.on(database.dataSource()).tenant("shop").points();

        assertThat(points.balance(customer).available()).isZero();
        refused(CoreError.STORE_READ_ONLY, () -> points.earn(customer, 5, Posting.key("earn")));
    }

    private static CustomerId customer(TestDatabase database) {
        Till.prepare(database);
        try (Till till = Till.open(database, 1)) {
            return till.customers.get(0);
        }
    }

    private static void execute(TestDatabase database, String sql) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void refused(CoreError code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
