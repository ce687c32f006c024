package dev.retailcrm.jdbc.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.jdbc.fault.TillCommand.Verb;
import dev.retailcrm.jdbc.server.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HostLockTest {
    private static final int ROUNDS = 10;

    @ParameterizedTest
    @EnumSource
    void on_an_account_is_a_lock_timeout_and_later_none(Engines engine) throws Exception {
        TestDatabase database = stocked(engine);
        var earn = new TillCommand(Verb.EARN, "late", 0, 0, 7, "-");
        try (Till till = Till.open(engine.impatient(database), 2);
                Connection host = transaction(database)) {
            lock(host, till.customers.get(0));

            refused(CoreError.LOCK_TIMEOUT, () -> till.run(earn));
            refused(CoreError.LOCK_TIMEOUT, () -> till.run(new TillCommand(Verb.TRANSFER, "give", 1, 0, 7, "-")));
            assertThat(till.pool.getHikariPoolMXBean().getActiveConnections()).isZero();
            host.rollback();

            assertThat(till.run(earn)).isEqualTo(till.run(earn)).startsWith("2:7:1007:");
            sound(till);
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_a_joined_transaction_is_a_lock_timeout_that_ends_it(Engines engine) throws Exception {
        TestDatabase database = stocked(engine);
        try (Till till = Till.open(database, 2);
                Connection other = transaction(database);
                Connection host = transaction(engine.impatient(database))) {
            lock(other, till.customers.get(1));
            Points points = till.crm.with(host).tenant("shop").points();
            points.earn(till.customers.get(0), 5, Posting.key("half"));

            refused(CoreError.LOCK_TIMEOUT, () -> points.earn(till.customers.get(1), 5, Posting.key("other half")));
            refused(CoreError.TRANSACTION_LOST, () -> points.earn(till.customers.get(2), 5, Posting.key("more")));
            host.rollback();
            other.rollback();

            assertThat(entries(till, "half")).isZero();
            sound(till);
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_a_deadlock_is_a_lost_transaction_until_the_host_rolls_back(Engines engine) throws Exception {
        TestDatabase database = stocked(engine);
        try (Till till = Till.open(database, 2);
                Statement statement = till.pool.getConnection().createStatement()) {
            statement.execute("CREATE TABLE host_rows (n INTEGER)");
            statement.getConnection().close();
            boolean lost = false;
            for (int round = 0; round < ROUNDS && !lost; round++) {
                lost = deadlock(engine, database, till, "round-" + round);
                sound(till);
            }
            assertThat(lost).as("the kernel's transaction was the victim").isTrue();
        }
    }

    /** Whether the kernel's transaction was the one that the database ended. */
    private static boolean deadlock(Engines engine, TestDatabase database, Till till, String key) throws Exception {
        CustomerId ann = till.customers.get(0);
        CustomerId bob = till.customers.get(1);
        try (Connection host = transaction(database);
                Connection other = transaction(database)) {
            heavy(engine, other);
            Points points = till.crm.with(host).tenant("shop").points();
            points.earn(ann, 5, Posting.key(key + "/ann"));
            lock(other, bob);
            CompletableFuture<Boolean> crossing = CompletableFuture.supplyAsync(() -> isLocked(other, ann));
            try {
                awaitWaiting(crossing);
                points.earn(bob, 5, Posting.key(key + "/bob"));
                host.commit();
                return false;
            } catch (CrmException e) {
                assertThat(e.code()).isEqualTo(CoreError.TRANSACTION_LOST);
                refused(CoreError.TRANSACTION_LOST, () -> points.earn(ann, 5, Posting.key(key + "/again")));
                refused(CoreError.TRANSACTION_LOST, () -> points.balance(ann));
                host.rollback();
                assertThat(crossing.get(20, TimeUnit.SECONDS)).isTrue();
                other.rollback();
                assertThat(entries(till, key + "/ann")).isZero();
                assertThat(entries(till, key + "/again")).isZero();
                Points anew = till.crm.with(host).tenant("shop").points();
                anew.earn(ann, 5, Posting.key(key + "/ann"));
                anew.earn(bob, 5, Posting.key(key + "/bob"));
                host.commit();
                assertThat(entries(till, key + "/ann")).isOne();
                return true;
            }
        }
    }

    /** Makes the other transaction one that the database would rather not end. */
    private static void heavy(Engines engine, Connection other) throws SQLException {
        try (Statement statement = other.createStatement()) {
            if (engine == Engines.POSTGRESQL) {
                statement.execute("SET deadlock_timeout = '30s'");
            }
            for (int i = 0; i < 100; i++) {
                statement.execute("INSERT INTO host_rows VALUES (" + i + ")");
            }
        }
    }

    /** Gives the crossing lock a moment to be asked for; if it was not yet, the round does not count. */
    private static void awaitWaiting(CompletableFuture<Boolean> crossing) throws InterruptedException {
        for (int i = 0; i < 10 && !crossing.isDone(); i++) {
            Thread.sleep(20);
        }
    }

    private static TestDatabase stocked(Engines engine) {
        TestDatabase database = engine.newDatabase("host_lock");
        Till.prepare(database);
        try (Till till = Till.open(database, 2)) {
            for (int i = 0; i < Till.CUSTOMERS; i++) {
                till.run(new TillCommand(Verb.EARN, "stock", i, 0, 1_000, "-"));
            }
        }
        return database;
    }

    private static Connection transaction(TestDatabase database) throws SQLException {
        Connection connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void lock(Connection host, CustomerId customer) throws SQLException {
        try (Statement statement = host.createStatement()) {
            statement.execute("SELECT * FROM crm_account WHERE tenant_id = 'shop' AND customer_id = " + customer.value()
                    + " FOR UPDATE");
        }
    }

    private static boolean isLocked(Connection host, CustomerId customer) {
        try {
            lock(host, customer);
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private static long entries(Till till, String key) throws SQLException {
        try (Connection connection = till.pool.getConnection();
                var statement = connection.prepareStatement("SELECT COUNT(*) FROM crm_entry WHERE request_key = ?")) {
            statement.setString(1, key);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static void refused(CoreError code, ThrowingCallable command) {
        assertThatThrownBy(command)
                .isInstanceOfSatisfying(
                        CrmException.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static void sound(Till till) throws SQLException {
        Damage damage = new Damage(0);
        new Audit(damage).after(List.of(), till);
        assertThat(damage.isNone()).as(damage::toString).isTrue();
    }
}
