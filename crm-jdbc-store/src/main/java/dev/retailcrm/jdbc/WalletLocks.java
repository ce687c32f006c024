package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccount.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmWallet.CRM_WALLET;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.param;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Locks wallets and opens accounts. A wallet is all account rows of a customer, locked in one statement; one that has no row yet is
 * guarded by the insert of its row in {@code crm_wallet}, on which the second of two first bookings waits.
 */
final class WalletLocks {
    private static final int RETRIES = 200;
    private static final int RETRY_MILLIS = 10;

    private final Engine engine;
    private final String lock;
    private final String lockMany;
    private final String insertWallet;
    private final String insertAccount;

    WalletLocks(Settings settings) {
        engine = settings.engine();
        DSLContext render = settings.renderer();
        String suffix = engine == Engine.POSTGRESQL ? " for no key update" : " for update";
        lock = render.select(LedgerRows.ACCOUNT)
                        .from(CRM_ACCOUNT)
                        .where(CRM_ACCOUNT.TENANT_ID.eq((String) null))
                        .and(CRM_ACCOUNT.CUSTOMER_ID.eq((Long) null))
                        .orderBy(CRM_ACCOUNT.ASSET)
                        .getSQL()
                + suffix;
        List<Field<?>> columns = new ArrayList<>(List.of(CRM_ACCOUNT.CUSTOMER_ID));
        columns.addAll(LedgerRows.ACCOUNT);
        lockMany = render.select(columns)
                        .from(CRM_ACCOUNT)
                        .where(CRM_ACCOUNT.TENANT_ID.eq((String) null))
                        .getSQL()
                + " and customer_id %s order by customer_id, asset" + suffix;
        insertWallet = render.insertInto(CRM_WALLET, CRM_WALLET.TENANT_ID, CRM_WALLET.CUSTOMER_ID)
                .values((String) null, null)
                .onDuplicateKeyIgnore()
                .getSQL();
        // An account that is opened in a wallet whose customer was merged follows her.
        var survivor = render.select(CRM_WALLET.MOVED_TO)
                .from(CRM_WALLET)
                .where(CRM_WALLET.TENANT_ID.eq((String) null))
                .and(CRM_WALLET.CUSTOMER_ID.eq((Long) null));
        insertAccount = render.insertInto(CRM_ACCOUNT)
                .columns(
                        CRM_ACCOUNT.TENANT_ID,
                        CRM_ACCOUNT.CUSTOMER_ID,
                        CRM_ACCOUNT.ASSET,
                        CRM_ACCOUNT.SEQ,
                        CRM_ACCOUNT.POSTED,
                        CRM_ACCOUNT.HELD,
                        CRM_ACCOUNT.DEBT,
                        CRM_ACCOUNT.PENDING,
                        CRM_ACCOUNT.AS_OF_MS,
                        CRM_ACCOUNT.SLIDES,
                        CRM_ACCOUNT.EVENT_SEQ,
                        CRM_ACCOUNT.MOVED_TO)
                .values(
                        param("tenant", String.class),
                        param("customer", Long.class),
                        param("asset", String.class),
                        param("seq", Long.class),
                        param("posted", Long.class),
                        param("held", Long.class),
                        param("debt", Long.class),
                        param("pending", Long.class),
                        param("as of", Long.class),
                        param("slides", Boolean.class),
                        param("event", Long.class),
                        field(survivor))
                .onDuplicateKeyIgnore()
                .getSQL();
    }

    Optional<Account> lock(Session session, AccountId id) {
        List<Account> wallet = session.query(
                lock,
                statement -> new Bind(statement)
                        .text(id.tenant().value())
                        .number(id.customer().value()),
                row -> account(row, 1, id.tenant(), id.customer(), id.asset()));
        if (!wallet.isEmpty()) {
            session.markLocking();
        }
        return wanted(wallet, id.asset());
    }

    /** Locks a wallet with other statements. */
    List<Account> add(Together together, TenantId tenant, CustomerId customer, List<Asset> assets) {
        return together.query(
                lock,
                bind -> bind.text(tenant.value()).number(customer.value()),
                row -> account(row, tenant, customer, assets));
    }

    private static Account account(ResultSet row, TenantId tenant, CustomerId customer, List<Asset> known)
            throws SQLException {
        String code = row.getString(1);
        for (Asset asset : known) {
            if (asset.code().equals(code)) {
                return LedgerRows.account(row, 1, new AccountId(tenant, customer, asset));
            }
        }
        return account(row, 1, tenant, customer, Asset.parse(code));
    }

    /** These accounts of a wallet, with the highest event sequence of all. */
    static Map<Asset, Account> wanted(List<Account> wallet, List<Asset> assets) {
        Map<Asset, Account> wanted = new LinkedHashMap<>();
        for (Asset asset : assets) {
            wanted(wallet, asset).ifPresent(it -> wanted.put(asset, it));
        }
        return wanted;
    }

    Account open(Session session, AccountId id) {
        insert(session, id);
        return lock(session, id).orElseGet(() -> openedByAnother(session, id));
    }

    void redirect(Session session, TenantId tenant, CustomerId customer, @Nullable CustomerId to) {
        session.insertUnlessPresent(
                insertWallet,
                statement -> new Bind(statement).text(tenant.value()).number(customer.value()));
        Long moved = to == null ? null : to.value();
        session.dsl()
                .update(CRM_WALLET)
                .set(CRM_WALLET.MOVED_TO, moved)
                .where(CRM_WALLET.TENANT_ID.eq(tenant.value()))
                .and(CRM_WALLET.CUSTOMER_ID.eq(customer.value()))
                .execute();
        session.dsl()
                .update(CRM_ACCOUNT)
                .set(CRM_ACCOUNT.MOVED_TO, moved)
                .where(CRM_ACCOUNT.TENANT_ID.eq(tenant.value()))
                .and(CRM_ACCOUNT.CUSTOMER_ID.eq(customer.value()))
                .execute();
    }

    /** H2 reports a duplicate while the other transaction that wrote it is still open; then its row is waited for. */
    private Account openedByAnother(Session session, AccountId id) {
        for (int attempt = 0; attempt < RETRIES; attempt++) {
            try {
                Thread.sleep(RETRY_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            insert(session, id);
            Optional<Account> account = lock(session, id);
            if (account.isPresent()) {
                return account.get();
            }
        }
        throw CoreError.LOCK_TIMEOUT.because("another transaction opens the account and does not end");
    }

    /** On H2 an insert that ignores duplicates still meets those of another transaction. */
    private void insert(Session session, AccountId id) {
        session.insertUnlessPresent(
                insertWallet,
                statement -> new Bind(statement)
                        .text(id.tenant().value())
                        .number(id.customer().value()));
        session.insertUnlessPresent(insertAccount, statement -> bindOpened(new Bind(statement), id));
    }

    Map<CustomerId, Account> lockAll(Session session, TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        if (customers.isEmpty()) {
            return new LinkedHashMap<>();
        }
        boolean array = engine == Engine.POSTGRESQL;
        String sql = lockMany.formatted(array ? "= any(?)" : "in (" + "?, ".repeat(customers.size() - 1) + "?)");
        session.markLocking();
        List<Account> rows = session.query(
                sql,
                statement -> {
                    Bind bind = new Bind(statement).text(tenant.value());
                    if (array) {
                        bind.array(
                                "bigint",
                                customers.stream().map(CustomerId::value).toArray());
                    } else {
                        for (CustomerId customer : customers) {
                            bind.number(customer.value());
                        }
                    }
                },
                row -> account(row, 2, tenant, CustomerId.of(row.getLong(1)), asset));
        Map<CustomerId, List<Account>> wallets = new LinkedHashMap<>();
        for (Account row : rows) {
            wallets.computeIfAbsent(row.id().customer(), none -> new ArrayList<>(2))
                    .add(row);
        }
        Map<CustomerId, Account> accounts = new LinkedHashMap<>();
        wallets.forEach(
                (customer, wallet) -> wanted(wallet, asset).ifPresent(account -> accounts.put(customer, account)));
        return accounts;
    }

    Map<CustomerId, Account> openAll(Session session, TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        List<AccountId> ids = customers.stream()
                .sorted()
                .map(customer -> new AccountId(tenant, customer, asset))
                .toList();
        if (engine == Engine.H2) {
            ids.forEach(id -> insert(session, id));
        } else {
            session.each(
                    insertWallet,
                    ids,
                    (statement, id) -> new Bind(statement)
                            .text(id.tenant().value())
                            .number(id.customer().value()));
            session.each(insertAccount, ids, (statement, id) -> bindOpened(new Bind(statement), id));
        }
        return lockAll(session, tenant, asset, customers);
    }

    private static void bindOpened(Bind bind, AccountId id) throws SQLException {
        PortableLedgerWriter.bindId(bind, id)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .number(0)
                .flag(false)
                .number(0)
                .text(id.tenant().value())
                .number(id.customer().value());
    }

    /** A row of a wallet; the asset asked for is not parsed again. */
    private static Account account(ResultSet row, int first, TenantId tenant, CustomerId customer, Asset wanted)
            throws SQLException {
        String code = row.getString(first);
        Asset asset = code.equals(wanted.code()) ? wanted : Asset.parse(code);
        return LedgerRows.account(row, first, new AccountId(tenant, customer, asset));
    }

    /** The account asked for, with the highest event sequence of the wallet. */
    private static Optional<Account> wanted(List<Account> wallet, Asset asset) {
        long eventSeq = 0;
        Account wanted = null;
        for (Account account : wallet) {
            eventSeq = Math.max(eventSeq, account.eventSeq());
            wanted = account.id().asset().equals(asset) ? account : wanted;
        }
        return wanted == null ? Optional.empty() : Optional.of(wanted.afterEvent(eventSeq));
    }
}
