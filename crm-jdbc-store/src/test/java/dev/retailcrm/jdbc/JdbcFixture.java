package dev.retailcrm.jdbc;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.jdbc.schema.DefaultSchema;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.HostTransaction;
import dev.retailcrm.tck.MutableClock;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jooq.DSLContext;
import org.jooq.Table;

/** The stores of this module on an engine, for the contract kit: one database an engine, emptied for each rule. */
final class JdbcFixture implements CrmFixture {
    private static final Map<Engine, TestDatabase> DATABASES = new ConcurrentHashMap<>();

    private final TestDatabase database;
    private final Settings settings;
    private final ThreadBoundTransactions host;
    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    private final Wiring wiring;

    JdbcFixture(Engine engine) {
        database = database(engine);
        settings = Settings.of(engine);
        host = new ThreadBoundTransactions(database);
        wiring = Wiring.of(host.dataSource(), settings, clock, ZoneOffset.UTC, null, CustomerIds.on(clock));
        empty();
    }

    /** The engine's database for tests, with tables. */
    static TestDatabase database(Engine engine) {
        return DATABASES.computeIfAbsent(engine, JdbcFixture::create);
    }

    private static TestDatabase create(Engine engine) {
        TestDatabase created = switch (engine) {
            case H2 -> {
                TestDatabase plain = TestH2.fast().newDatabase("contract");
                yield new TestDatabase(plain.url() + ";LOCK_TIMEOUT=10000", plain.user(), plain.password());
            }
            case POSTGRESQL -> TestPostgres.fast().newDatabase("contract");
            case MARIADB -> TestMariaDb.fast().newDatabase("contract");
        };
        CrmSchema.on(created.dataSource()).migrate();
        return created;
    }

    private void empty() {
        try (Connection connection = database.connect()) {
            DSLContext dsl = settings.dsl(connection);
            tables().forEach(table -> dsl.deleteFrom(table).execute());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Table<?>> tables() {
        return DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .filter(table -> !table.getName().equals("crm_schema"))
                .toList();
    }

    @Override
    public UnitOfWork unitOfWork() {
        return wiring.work();
    }

    @Override
    public HostTransaction begin() {
        return host.begin();
    }

    @Override
    public CustomerStore customers() {
        return reachable(CustomerStore.class, wiring.customers());
    }

    @Override
    public RequestStore requests() {
        return reachable(RequestStore.class, wiring.requests());
    }

    @Override
    public OutboxStore outbox() {
        return reachable(OutboxStore.class, wiring.outbox());
    }

    @Override
    public LedgerStore ledger() {
        return reachable(LedgerStore.class, wiring.ledger());
    }

    @Override
    public LedgerHistoryStore ledgerHistory() {
        return reachable(LedgerHistoryStore.class, wiring.history());
    }

    @Override
    public AccountOwners owners() {
        return reachable(AccountOwners.class, wiring.owners());
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public List<String> dump() {
        try (Connection connection = database.connect()) {
            DSLContext dsl = settings.dsl(connection);
            List<String> lines = new ArrayList<>();
            for (Table<?> table : tables()) {
                dsl.selectFrom(table)
                        .orderBy(table.fields())
                        .forEach(row -> lines.add(table.getName() + " " + row.intoList()));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The kit calls ports in and outside units of work; ours are called inside, by the facades. */
    private <T> T reachable(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    return wiring.work().read(() -> {
                        try {
                            return ThreadBoundTransactions.invoke(method, store, arguments);
                        } catch (RuntimeException | Error e) {
                            throw e;
                        } catch (Throwable e) {
                            throw new IllegalStateException(e);
                        }
                    });
                }));
    }
}
