package dev.retailcrm.jdbc;

import dev.retailcrm.core.customer.CustomerPrivacy;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.event.EventListener;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.jdbc.server.TestServer;
import dev.retailcrm.tck.MutableClock;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jooq.impl.DSL;

/** The customers and events of a fresh tenant in a database that all tests of an engine share. */
final class TestCrm {
    private static final Map<Engine, TestDatabase> DATABASES = new ConcurrentHashMap<>();
    private static final AtomicLong TENANTS = new AtomicLong();

    final TenantId tenant = TenantId.of("t" + TENANTS.incrementAndGet());
    final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    final TestDatabase database;
    final Settings settings;
    final JdbcUnitOfWork work;
    final JooqCustomerStore store;
    final JooqRequestStore requests;
    final JooqOutboxStore outbox;
    final Customers customers;

    TestCrm(Engine engine) {
        database = DATABASES.computeIfAbsent(engine, TestCrm::create);
        try (Connection connection = database.connect()) {
            settings = Settings.of(connection);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        work = new JdbcUnitOfWork(database.dataSource(), settings, Turns.none());
        store = new JooqCustomerStore(work, settings, new Sealing(null));
        requests = new JooqRequestStore(work);
        outbox = new JooqOutboxStore(work);
        customers = Customers.builder(tenant, clock).region("CN").in(store, requests, work);
    }

    /** The same customers, as a kernel sees them that enciphers like this. */
    Customers customers(Sealing sealing) {
        return Customers.builder(tenant, clock)
                .region("CN")
                .in(new JooqCustomerStore(work, settings, sealing), requests, work);
    }

    /** Erases the record of a customer, as a kernel does that enciphers like this. */
    void eraseRecord(Sealing sealing, CustomerId customer) {
        var records = new CustomerPrivacy(new JooqCustomerStore(work, settings, sealing));
        work.run(() -> {
            records.eraseRecord(new ErasureStep(tenant, customer, clock.instant(), Actor.UNKNOWN));
            return true;
        });
    }

    /** Custom fields, as a kernel sees them that enciphers like this. */
    CustomFields fields(Sealing sealing) {
        var customers = new JooqCustomerStore(work, settings, sealing);
        return new CustomFields(
                tenant, new FieldPorts(work, customers, requests, new JooqFieldStore(work, sealing), clock));
    }

    /** A relay of this tenant's events, as one process would have it. */
    EventRelay relay(EventListener listener) {
        return EventRelay.builder(tenant, outbox, work, clock).to(listener);
    }

    /** Runs work in a transaction of the host, who ends it. */
    <T> T on(Connection host, Supplier<T> commands) {
        return work.on(new Session(host, settings, false), commands, true);
    }

    Connection hostTransaction() throws SQLException {
        var connection = database.connect();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Rows of this tenant in a table. */
    long rows(String table) {
        return work.read(() ->
                work.session().dsl().fetchCount(DSL.table(table), DSL.condition("tenant_id = ?", tenant.value())));
    }

    /** Rows of this tenant in all tables that a customer command writes. */
    long rows() {
        return rows("crm_customer")
                + rows("crm_identity")
                + rows("crm_identity_lookup")
                + rows("crm_request")
                + rows("crm_outbox");
    }

    private static TestDatabase create(Engine engine) {
        TestServer server = switch (engine) {
            case H2 -> TestH2.fast();
            case POSTGRESQL -> TestPostgres.fast();
            case MARIADB -> TestMariaDb.fast();
        };
        TestDatabase plain = server.newDatabase("customers");
        TestDatabase database = engine == Engine.H2
                ? new TestDatabase(plain.url() + ";LOCK_TIMEOUT=10000", plain.user(), plain.password())
                : plain;
        CrmSchema.on(database.dataSource()).migrate();
        return database;
    }
}
