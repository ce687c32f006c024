package dev.retailcrm.jdbc;

import com.google.common.base.Throwables;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.MergeStore;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.jdbc.schema.tables.CrmTagAssignment;
import dev.retailcrm.jdbc.server.TestDatabase;
import dev.retailcrm.jdbc.server.TestH2;
import dev.retailcrm.jdbc.server.TestMariaDb;
import dev.retailcrm.jdbc.server.TestPostgres;
import dev.retailcrm.tags.TagSource;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagStore;
import dev.retailcrm.tck.CrmFixture;
import dev.retailcrm.tck.HostTransaction;
import dev.retailcrm.tck.MutableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/** The stores of this module on a real database, emptied for each rule; host transactions are Spring's. */
final class JdbcFixture implements CrmFixture {
    /** A database the whole kit runs on. */
    enum Kind {
        H2,
        POSTGRESQL,
        /** Tables declared PARTITION BY HASH (customer_id), look-up tables by their own key. */
        POSTGRESQL_PARTITIONED,
        MARIADB,
        /** At REPEATABLE READ, as it comes. */
        MARIADB_AS_INSTALLED
    }

    private static final Map<Kind, HikariDataSource> DATABASES = new ConcurrentHashMap<>();

    private final MutableClock clock = MutableClock.at("2026-03-01T09:00:00Z");
    private final AtomicLong connections = new AtomicLong();
    private final DataSource pool;
    private final DataSourceTransactionManager transactions;
    private final Wiring wiring;

    private JdbcFixture(HikariDataSource pool, @Nullable FieldCipher cipher) {
        this.pool = pool;
        this.transactions = new DataSourceTransactionManager(pool);
        DataSource aware = new DelegatingDataSource(new TransactionAwareDataSourceProxy(pool)) {
            @Override
            public Connection getConnection() throws SQLException {
                connections.incrementAndGet();
                return super.getConnection();
            }
        };
        JdbcCrm.Builder builder =
                JdbcCrm.builder(aware).clock(clock).zone(ZoneOffset.UTC).region("CN");
        this.wiring = (cipher == null ? builder : builder.cipher(cipher)).wiring();
    }

    /** An empty database of this kind. */
    static JdbcFixture on(Kind kind) {
        return on(kind, null);
    }

    /** An empty database of this kind, in which personal data is enciphered. */
    static JdbcFixture on(Kind kind, @Nullable FieldCipher cipher) {
        HikariDataSource pool = DATABASES.computeIfAbsent(kind, JdbcFixture::open);
        empty(pool);
        return new JdbcFixture(pool, cipher);
    }

    private static HikariDataSource open(Kind kind) {
        TestDatabase database = (switch (kind) {
                    case H2 -> TestH2.fast();
                    case POSTGRESQL, POSTGRESQL_PARTITIONED -> TestPostgres.fast();
                    case MARIADB, MARIADB_AS_INSTALLED -> TestMariaDb.fast();
                })
                .newDatabase("kit");
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url() + options(kind, database.url()));
        config.setUsername(database.user());
        config.setPassword(database.password());
        config.setMaximumPoolSize(80);
        config.setMinimumIdle(2);
        HikariDataSource pool = new HikariDataSource(config);
        if (kind == Kind.POSTGRESQL_PARTITIONED) {
            PartitionedTables.create(pool);
        } else {
            CrmSchema.on(pool).migrate();
        }
        return pool;
    }

    /** MariaDB at READ COMMITTED, as hosts are told to: its default locks the gaps between customers. */
    private static String options(Kind kind, String url) {
        return kind == Kind.MARIADB ? (url.contains("?") ? "&" : "?") + "transactionIsolation=READ-COMMITTED" : "";
    }

    private static void empty(DataSource pool) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                statement.execute("DELETE FROM " + table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Our tables that carry a tenant. */
    static List<String> tables(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT DISTINCT table_name FROM information_schema.columns WHERE LOWER(table_name) LIKE 'crm@_%'"
                                + " ESCAPE '@' AND LOWER(column_name) = 'tenant_id' AND table_schema IN ("
                                + schema(connection)
                                + ") ORDER BY table_name")) {
            while (rows.next()) {
                if (!rows.getString(1).matches(".*_p\\d+")) {
                    tables.add(rows.getString(1));
                }
            }
        }
        return tables;
    }

    private static String schema(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseProductName().equals("MariaDB") ? "DATABASE()" : "CURRENT_SCHEMA";
    }

    @Override
    public UnitOfWork unitOfWork() {
        return wiring.work();
    }

    /** The kit also calls ports outside any unit of work; here each such call is one. */
    private <T> T each(Class<T> port, T store) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> call(method, () -> {
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        Throwables.throwIfUnchecked(e.getTargetException());
                        throw new IllegalStateException(e);
                    } catch (IllegalAccessException e) {
                        throw new IllegalStateException(e);
                    }
                })));
    }

    private Object call(Method method, Supplier<Object> call) {
        boolean writes = method.getName()
                .matches(
                        "(lock|open|apply)(All)?|claim|delivered|failed|release|renew|restate|adopt|disown|write|end|move|moveBack|redirect|define|(un)?link|record|remove|expire|forgetReasons|forgetAddresses|lockDefinitions|lockTag|fold");
        return writes ? wiring.work().run(call) : wiring.work().read(call);
    }

    @Override
    public HostTransaction begin() {
        TransactionStatus status = transactions.getTransaction(new DefaultTransactionDefinition());
        return new HostTransaction() {
            @Override
            public void commit() {
                try {
                    wiring.work().read(() -> true);
                } catch (RuntimeException lost) {
                    transactions.rollback(status);
                    throw lost;
                }
                transactions.commit(status);
            }

            @Override
            public void rollback() {
                transactions.rollback(status);
            }

            @Override
            public void close() {
                if (!status.isCompleted()) {
                    transactions.rollback(status);
                }
            }
        };
    }

    @Override
    public CustomerStore customers() {
        return each(CustomerStore.class, wiring.customers());
    }

    @Override
    public RequestStore requests() {
        return each(RequestStore.class, wiring.requests());
    }

    @Override
    public OutboxStore outbox() {
        return each(OutboxStore.class, wiring.outbox());
    }

    @Override
    public LedgerStore ledger() {
        return each(LedgerStore.class, wiring.ledger());
    }

    @Override
    public LedgerHistoryStore ledgerHistory() {
        return each(LedgerHistoryStore.class, wiring.history());
    }

    @Override
    public MergeStore merges() {
        return each(MergeStore.class, wiring.merges());
    }

    @Override
    public ErasureStore erasures() {
        return each(ErasureStore.class, wiring.erasures());
    }

    @Override
    public ConsentStore consents() {
        return each(ConsentStore.class, wiring.consents());
    }

    @Override
    public OwnershipStore ownership() {
        return each(OwnershipStore.class, wiring.ownership());
    }

    @Override
    public ReviewStore reviews() {
        return each(ReviewStore.class, wiring.reviews());
    }

    @Override
    public TagStore tags() {
        return each(TagStore.class, wiring.tags());
    }

    @Override
    public TagBatchStore tagBatches() {
        return each(TagBatchStore.class, wiring.tagBatches());
    }

    @Override
    public DueStore autoTags() {
        return each(DueStore.class, wiring.autoTags());
    }

    @Override
    public DueStore dueAudiences() {
        return each(DueStore.class, wiring.dueAudiences());
    }

    @Override
    public DefinitionStore definitions() {
        return each(DefinitionStore.class, wiring.definitions());
    }

    @Override
    public CheckoutStore checkout() {
        return each(CheckoutStore.class, wiring.checkout());
    }

    @Override
    public EarnStore earnings() {
        return each(EarnStore.class, wiring.earnings());
    }

    @Override
    public BenefitStore benefits() {
        return each(BenefitStore.class, wiring.benefits());
    }

    @Override
    public TierStore tiers() {
        return each(TierStore.class, wiring.tiers());
    }

    @Override
    public AudienceStore audiences() {
        return each(AudienceStore.class, wiring.audiences());
    }

    @Override
    public AudienceMemberStore audienceMembers() {
        return each(AudienceMemberStore.class, wiring.audienceMembers());
    }

    @Override
    public SyncStore sync() {
        return each(SyncStore.class, wiring.sync());
    }

    @Override
    public RuleStore rules() {
        return each(RuleStore.class, wiring.rules());
    }

    @Override
    public void tag(TenantId tenant, CustomerId customer, String tag, MarkFact mark) {
        var a = CrmTagAssignment.CRM_TAG_ASSIGNMENT;
        FieldValue value = mark.value();
        Instant until = mark.until();
        wiring.work().run(() -> {
            var dsl = wiring.work().session().dsl();
            dsl.deleteFrom(a)
                    .where(a.TENANT_ID.eq(tenant.value()))
                    .and(a.CUSTOMER_ID.eq(customer.value()))
                    .and(a.TAG_KEY.eq(tag))
                    .execute();
            return dsl.insertInto(a)
                    .set(a.TENANT_ID, tenant.value())
                    .set(a.CUSTOMER_ID, customer.value())
                    .set(a.TAG_KEY, tag)
                    .set(a.FROM_MS, mark.from().toEpochMilli())
                    .set(a.UNTIL_MS, until == null ? null : until.toEpochMilli())
                    .set(a.VALUE_TYPE, value == null ? null : value.type().name())
                    .set(a.TEXT_VALUE, value == null ? null : FieldColumns.text(value))
                    .set(a.LONG_VALUE, value == null ? null : FieldColumns.number(value))
                    .set(a.DECIMAL_VALUE, value == null || value.type() != FieldType.DECIMAL ? null : value.asDecimal())
                    .set(a.SOURCE, TagSource.Kind.IMPORT.name())
                    .set(a.REFERENCE, "kit")
                    .set(a.REFERENCE_VERSION, 0L)
                    .set(a.ACTOR_KIND, "SYSTEM")
                    .set(a.ACTOR_ID, "kit")
                    .execute();
        });
    }

    @Override
    public StageStore stages() {
        return each(StageStore.class, wiring.stages());
    }

    @Override
    public MembershipStore membership() {
        return each(MembershipStore.class, wiring.membership());
    }

    @Override
    public TradeStore trade() {
        return each(TradeStore.class, wiring.trade());
    }

    @Override
    public BehaviorStore behavior() {
        return each(BehaviorStore.class, wiring.behavior());
    }

    @Override
    public FieldStore fields() {
        return each(FieldStore.class, wiring.fields());
    }

    @Override
    public GiftCardStore giftCards() {
        return each(GiftCardStore.class, wiring.giftCards());
    }

    @Override
    public CouponStore coupons() {
        return each(CouponStore.class, wiring.coupons());
    }

    @Override
    public AccessLog accessLog() {
        return each(AccessLog.class, wiring.accessLog());
    }

    /** Nothing is sent without a connection. */
    @Override
    public long visits() {
        return connections.get();
    }

    @Override
    public AccountOwners owners() {
        return each(AccountOwners.class, wiring.owners());
    }

    @Override
    public MutableClock clock() {
        return clock;
    }

    @Override
    public List<String> dump() {
        List<String> lines = new ArrayList<>();
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : tables(connection)) {
                try (ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
                    lines.addAll(rows(table, rows));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return lines;
    }

    static List<String> rows(String table, ResultSet rows) throws SQLException {
        List<String> lines = new ArrayList<>();
        int columns = rows.getMetaData().getColumnCount();
        while (rows.next()) {
            StringBuilder line = new StringBuilder(table);
            for (int i = 1; i <= columns; i++) {
                line.append('|').append(rows.getString(i));
            }
            lines.add(line.toString());
        }
        lines.sort(null);
        return lines;
    }
}
