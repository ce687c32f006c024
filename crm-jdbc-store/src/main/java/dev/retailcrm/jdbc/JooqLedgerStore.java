package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmEntry.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.row;

import com.google.common.collect.Iterables;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's command side. Statements are rendered once by jOOQ and bound by JDBC. On MariaDB what is read after the lock is read
 * with locks as well: a plain read may be as old as the host's transaction.
 */
final class JooqLedgerStore implements LedgerStore {
    private static final int REASONS = 500;

    private final JdbcUnitOfWork work;
    private final LedgerWriter writer;
    private final WalletLocks locks;
    private final String spendable;
    private final String openLots;
    private final String lot;
    private final String lotsMadeBy;
    private final String openHolds;
    private final String hold;
    private final String entry;
    private final String movements;
    private final String reversed;

    JooqLedgerStore(JdbcUnitOfWork work, Settings settings) {
        this.work = work;
        this.writer = LedgerWriter.on(settings);
        this.locks = new WalletLocks(settings);
        DSLContext render = settings.renderer();
        Condition ofLot = CRM_LOT.TENANT_ID
                .eq((String) null)
                .and(CRM_LOT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_LOT.ASSET.eq((String) null));
        spendable = render.select(LedgerRows.LOT)
                .from(CRM_LOT)
                .where(ofLot)
                .and(CRM_LOT.OPEN_UNTIL_MS.gt((Long) null))
                .and(CRM_LOT.OPEN_UNTIL_MS
                        .gt((Long) null)
                        .or(CRM_LOT.OPEN_UNTIL_MS.eq((Long) null).and(CRM_LOT.LOT_NO.gt((Long) null))))
                .and(CRM_LOT.REMAINING.gt(inline(0L)))
                .and(CRM_LOT.AVAILABLE_MS.le((Long) null))
                .orderBy(CRM_LOT.OPEN_UNTIL_MS, CRM_LOT.LOT_NO)
                .limit(param("limit", Integer.class))
                .getSQL();
        openLots = render.select(LedgerRows.LOT)
                .from(CRM_LOT)
                .where(ofLot)
                .and(CRM_LOT.OPEN_UNTIL_MS.isNotNull())
                .orderBy(CRM_LOT.LOT_NO)
                .getSQL();
        lot = render.select(LedgerRows.LOT)
                .from(CRM_LOT)
                .where(ofLot)
                .and(CRM_LOT.LOT_NO.eq((Long) null))
                .getSQL();
        lotsMadeBy = render.select(LedgerRows.LOT)
                .from(CRM_LOT)
                .where(ofLot)
                .and(CRM_LOT.LOT_NO.ge((Long) null))
                .and(CRM_LOT.LOT_NO.lt((Long) null))
                .orderBy(CRM_LOT.LOT_NO)
                .getSQL();
        Condition ofHold = CRM_HOLD.TENANT_ID
                .eq((String) null)
                .and(CRM_HOLD.CUSTOMER_ID.eq((Long) null))
                .and(CRM_HOLD.ASSET.eq((String) null));
        hold = render.select(LedgerRows.HOLD)
                .from(CRM_HOLD)
                .where(ofHold)
                .and(CRM_HOLD.HOLD_NO.eq((Long) null))
                .getSQL();
        openHolds = render.select(LedgerRows.HOLD)
                .from(CRM_HOLD)
                .where(ofHold)
                .and(CRM_HOLD.OPEN_UNTIL_MS.isNotNull())
                .orderBy(CRM_HOLD.HOLD_NO)
                .getSQL();
        entry = render.select(LedgerRows.ENTRY)
                .from(CRM_ENTRY)
                .where(CRM_ENTRY.TENANT_ID.eq((String) null))
                .and(CRM_ENTRY.CUSTOMER_ID.eq((Long) null))
                .and(CRM_ENTRY.ASSET.eq((String) null))
                .and(CRM_ENTRY.SEQ.eq((Long) null))
                .getSQL();
        movements = render.select(LedgerRows.MOVEMENT)
                .from(CRM_MOVEMENT)
                .where(CRM_MOVEMENT.TENANT_ID.eq((String) null))
                .and(CRM_MOVEMENT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_MOVEMENT.ASSET.eq((String) null))
                .and(CRM_MOVEMENT.SEQ.eq((Long) null))
                .orderBy(CRM_MOVEMENT.LINE)
                .getSQL();
        reversed = render.select(CRM_ENTRY.AMOUNT)
                .from(CRM_ENTRY)
                .where(CRM_ENTRY.TENANT_ID.eq((String) null))
                .and(CRM_ENTRY.CUSTOMER_ID.eq((Long) null))
                .and(CRM_ENTRY.ASSET.eq((String) null))
                .and(CRM_ENTRY.SEQ.gt((Long) null))
                .and(CRM_ENTRY.REVERSES.eq((Long) null))
                .and(CRM_ENTRY.TYPE.in(inline("REFUND"), inline("TAKE_BACK")))
                .getSQL();
    }

    @Override
    public Optional<Account> lock(AccountId id) {
        return locks.lock(work.session(), id);
    }

    @Override
    public Account open(AccountId id) {
        return locks.open(work.session(), id);
    }

    @Override
    public boolean apply(LedgerChange change) {
        return writer.apply(work.session(), change);
    }

    @Override
    public Map<CustomerId, Account> lockAll(TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        return locks.lockAll(work.session(), tenant, asset, customers);
    }

    @Override
    public Map<CustomerId, Account> openAll(TenantId tenant, Asset asset, Collection<CustomerId> customers) {
        return locks.openAll(work.session(), tenant, asset, customers);
    }

    @Override
    public List<Asset> assets(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .select(CRM_ACCOUNT.ASSET)
                        .from(CRM_ACCOUNT)
                        .where(CRM_ACCOUNT.TENANT_ID.eq(tenant.value()))
                        .and(CRM_ACCOUNT.CUSTOMER_ID.eq(customer.value()))
                        .orderBy(CRM_ACCOUNT.ASSET))
                .map(row -> Asset.parse(row.value1()));
    }

    @Override
    public void redirect(TenantId tenant, CustomerId customer, @Nullable CustomerId survivor) {
        locks.redirect(work.session(), tenant, customer, survivor);
    }

    @Override
    public Set<CustomerId> applyAll(List<LedgerChange> changes) {
        return changes.isEmpty() ? Set.of() : writer.applyAll(work.session(), changes);
    }

    @Override
    public List<Lot> spendable(AccountId id, Instant at, @Nullable Lot after, int limit) {
        Instant from = after == null ? Instant.EPOCH : after.expiresAt() == null ? Instants.LAST : after.expiresAt();
        long no = after == null ? 0 : after.no();
        Session session = work.session();
        return session.query(
                sql(session, spendable),
                statement -> PortableLedgerWriter.bindId(new Bind(statement), id)
                        .instant(at)
                        .instant(from)
                        .instant(from)
                        .number(no)
                        .instant(at)
                        .integer(limit),
                LedgerRows::lot);
    }

    /** Locks a wallet with other statements, on PostgreSQL. */
    List<Account> addLock(Together together, TenantId tenant, CustomerId customer, List<Asset> assets) {
        return locks.add(together, tenant, customer, assets);
    }

    /** A lot and the account it is of. */
    record OfAccount(String asset, Lot lot) {}

    /** The first lots of each account that is to be spent, with other statements, on PostgreSQL. */
    List<OfAccount> addSpendable(Together together, CheckoutNeeds needs) {
        String one = "(" + spendable.replaceFirst(" from ", ", asset from ") + ")";
        return together.query(
                String.join(" UNION ALL ", Collections.nCopies(needs.spent().size(), one)),
                bind -> {
                    for (Asset asset : needs.spent()) {
                        PortableLedgerWriter.bindId(bind, new AccountId(needs.tenant(), needs.customer(), asset))
                                .instant(needs.at())
                                .instant(Instant.EPOCH)
                                .instant(Instant.EPOCH)
                                .number(0)
                                .instant(needs.at())
                                .integer(needs.lots());
                    }
                },
                row -> new OfAccount(row.getString(LedgerRows.LOT.size() + 1), LedgerRows.lot(row)));
    }

    @Override
    public List<Lot> openLots(AccountId id) {
        return of(id, openLots, LedgerRows::lot);
    }

    @Override
    public List<Lot> lots(AccountId id, Collection<Long> numbers) {
        return numbers.stream()
                .sorted()
                .flatMap(no -> of(id, lot, LedgerRows::lot, no).stream())
                .toList();
    }

    @Override
    public List<Lot> lotsMadeBy(AccountId id, long seq) {
        return of(id, lotsMadeBy, LedgerRows::lot, seq * Lot.PER_ENTRY, (seq + 1) * Lot.PER_ENTRY);
    }

    @Override
    public List<Hold> openHolds(AccountId id) {
        return of(id, openHolds, LedgerRows::hold);
    }

    @Override
    public Optional<Hold> hold(AccountId id, long no) {
        return of(id, hold, LedgerRows::hold, no).stream().findFirst();
    }

    @Override
    public Optional<Entry> entry(AccountId id, long seq) {
        return of(id, entry, LedgerRows::entry, seq).stream().findFirst();
    }

    @Override
    public List<Movement> movements(AccountId id, long seq) {
        return of(id, movements, LedgerRows::movement, seq);
    }

    @Override
    public long reversed(AccountId id, long seq) {
        return of(id, reversed, row -> row.getLong(1), seq, seq).stream()
                .mapToLong(Math::abs)
                .sum();
    }

    /** A statement that reads what the wallet's lock protects. */
    private static String sql(Session session, String query) {
        return session.mustReadFresh() ? query + " for update" : query;
    }

    private <T> List<T> of(AccountId id, String sql, Session.Row<T> row, long... numbers) {
        Session session = work.session();
        return session.query(
                sql(session, sql),
                statement -> {
                    Bind bind = PortableLedgerWriter.bindId(new Bind(statement), id);
                    for (long number : numbers) {
                        bind.number(number);
                    }
                },
                row);
    }

    /** {@inheritDoc} One statement to find them, and one for each {@value #REASONS}. */
    @Override
    public int forgetReasons(TenantId tenant, CustomerId customer, int limit) {
        DSLContext dsl = work.session().dsl();
        Condition hers = CRM_ENTRY.TENANT_ID.eq(tenant.value()).and(CRM_ENTRY.CUSTOMER_ID.eq(customer.value()));
        var found = dsl.select(CRM_ENTRY.ASSET, CRM_ENTRY.SEQ)
                .from(CRM_ENTRY)
                .where(hers)
                .and(CRM_ENTRY.REASON.isNotNull())
                .orderBy(CRM_ENTRY.ASSET, CRM_ENTRY.SEQ)
                .limit(limit)
                .fetch();
        for (var part : Iterables.partition(found, REASONS)) {
            dsl.update(CRM_ENTRY)
                    .setNull(CRM_ENTRY.REASON)
                    .where(hers)
                    .and(row(CRM_ENTRY.ASSET, CRM_ENTRY.SEQ)
                            .in(part.stream()
                                    .map(it -> row(it.value1(), it.value2()))
                                    .toList()))
                    .execute();
        }
        return found.size();
    }
}
