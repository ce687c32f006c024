package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccount.CRM_ACCOUNT;
import static dev.retailcrm.jdbc.schema.tables.CrmEntry.CRM_ENTRY;
import static dev.retailcrm.jdbc.schema.tables.CrmHold.CRM_HOLD;
import static dev.retailcrm.jdbc.schema.tables.CrmLot.CRM_LOT;
import static dev.retailcrm.jdbc.schema.tables.CrmMovement.CRM_MOVEMENT;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.ExpiringLot;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.ValueQuery;
import dev.retailcrm.assets.spi.ValueSum;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.TableField;
import org.jspecify.annotations.Nullable;

/** The ledger's query side, in jOOQ. */
final class JooqLedgerHistoryStore implements LedgerHistoryStore {
    private final JdbcUnitOfWork work;
    private final String find;

    JooqLedgerHistoryStore(JdbcUnitOfWork work, Settings settings) {
        this.work = work;
        this.find = settings.renderer()
                .select(LedgerRows.ACCOUNT)
                .from(CRM_ACCOUNT)
                .where(CRM_ACCOUNT.TENANT_ID.eq((String) null))
                .and(CRM_ACCOUNT.CUSTOMER_ID.eq((Long) null))
                .and(CRM_ACCOUNT.ASSET.eq((String) null))
                .getSQL();
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return work
                .session()
                .query(
                        find,
                        statement -> PortableLedgerWriter.bindId(new Bind(statement), id),
                        row -> LedgerRows.account(row, 1, id))
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Entry> lastEntry(AccountId id, Instant at) {
        return Session.rows(
                        work.session()
                                .dsl()
                                .select(LedgerRows.ENTRY)
                                .from(CRM_ENTRY)
                                .where(entriesOf(id))
                                .and(CRM_ENTRY.AT_MS.le(at.toEpochMilli()))
                                .orderBy(CRM_ENTRY.SEQ.desc())
                                .limit(1),
                        LedgerRows::entry)
                .stream()
                .findFirst();
    }

    @Override
    public List<Entry> entries(AccountId id, long afterSeq, Instant from, Instant to, int limit) {
        return Session.rows(
                work.session()
                        .dsl()
                        .select(LedgerRows.ENTRY)
                        .from(CRM_ENTRY)
                        .where(entriesOf(id))
                        .and(CRM_ENTRY.SEQ.gt(afterSeq))
                        .and(CRM_ENTRY.AT_MS.ge(from.toEpochMilli()))
                        .and(CRM_ENTRY.AT_MS.lt(to.toEpochMilli()))
                        .orderBy(CRM_ENTRY.SEQ)
                        .limit(limit),
                LedgerRows::entry);
    }

    /** A lot as it stood is the lot as it is, less what entries after that did to it. */
    @Override
    public List<Lot> lotsAsOf(AccountId id, long seq) {
        Condition since = CRM_MOVEMENT
                .TENANT_ID
                .eq(CRM_LOT.TENANT_ID)
                .and(CRM_MOVEMENT.CUSTOMER_ID.eq(CRM_LOT.CUSTOMER_ID))
                .and(CRM_MOVEMENT.ASSET.eq(CRM_LOT.ASSET))
                .and(CRM_MOVEMENT.LOT_NO.eq(CRM_LOT.LOT_NO))
                .and(CRM_MOVEMENT.SEQ.gt(seq));
        Field<Long> delta = since(CRM_MOVEMENT.DELTA, since);
        Field<Long> heldDelta = since(CRM_MOVEMENT.HELD_DELTA, since);
        List<Field<?>> columns = new ArrayList<>(LedgerRows.LOT);
        columns.set(columns.indexOf(CRM_LOT.REMAINING), CRM_LOT.REMAINING.minus(delta));
        columns.set(columns.indexOf(CRM_LOT.HELD), CRM_LOT.HELD.minus(heldDelta));
        return Session.rows(
                        work.session()
                                .dsl()
                                .select(columns)
                                .from(CRM_LOT)
                                .where(CRM_LOT.TENANT_ID.eq(id.tenant().value()))
                                .and(CRM_LOT.CUSTOMER_ID.eq(id.customer().value()))
                                .and(CRM_LOT.ASSET.eq(id.asset().code()))
                                .and(CRM_LOT.LOT_NO.lt((seq + 1) * Lot.PER_ENTRY))
                                .orderBy(CRM_LOT.LOT_NO),
                        LedgerRows::lot)
                .stream()
                .filter(lot -> lot.remaining() + lot.held() > 0)
                .toList();
    }

    private static Field<Long> since(TableField<org.jooq.Record, Long> column, Condition since) {
        return coalesce(field(select(sum(column)).from(CRM_MOVEMENT).where(since)), inline(BigDecimal.ZERO))
                .cast(Long.class);
    }

    @Override
    public List<Hold> holdsAsOf(AccountId id, long seq) {
        return Session.rows(
                        work.session()
                                .dsl()
                                .select(LedgerRows.HOLD)
                                .from(CRM_HOLD)
                                .where(CRM_HOLD.TENANT_ID.eq(id.tenant().value()))
                                .and(CRM_HOLD.CUSTOMER_ID.eq(id.customer().value()))
                                .and(CRM_HOLD.ASSET.eq(id.asset().code()))
                                .and(CRM_HOLD.HOLD_NO.le(seq))
                                .and(CRM_HOLD.ENDED_BY.eq(0L).or(CRM_HOLD.ENDED_BY.gt(seq)))
                                .orderBy(CRM_HOLD.HOLD_NO),
                        LedgerRows::hold)
                .stream()
                .map(hold -> new Hold(hold.no(), hold.amount(), hold.expiresAt(), Hold.State.OPEN, 0, 0))
                .toList();
    }

    @Override
    public long debtAsOf(AccountId id, long seq) {
        BigDecimal paid = work.session()
                .dsl()
                .select(sum(CRM_MOVEMENT.DELTA))
                .from(CRM_MOVEMENT)
                .where(CRM_MOVEMENT.TENANT_ID.eq(id.tenant().value()))
                .and(CRM_MOVEMENT.CUSTOMER_ID.eq(id.customer().value()))
                .and(CRM_MOVEMENT.ASSET.eq(id.asset().code()))
                .and(CRM_MOVEMENT.LOT_NO.eq(0L))
                .and(CRM_MOVEMENT.SEQ.le(seq))
                .fetchOne(0, BigDecimal.class);
        return paid == null ? 0 : paid.negate().longValueExact();
    }

    @Override
    public Optional<Instant> lastActivity(AccountId id, long seq) {
        return work.session()
                .dsl()
                .select(CRM_ENTRY.AT_MS)
                .from(CRM_ENTRY)
                .where(entriesOf(id))
                .and(CRM_ENTRY.SEQ.le(seq))
                .and(CRM_ENTRY.TYPE.in("EARN", "TOP_UP", "SPEND", "CAPTURE", "HOLD"))
                .orderBy(CRM_ENTRY.SEQ.desc())
                .limit(1)
                .fetchOptional(CRM_ENTRY.AT_MS)
                .map(Instant::ofEpochMilli);
    }

    @Override
    public List<CustomerId> due(TenantId tenant, Asset asset, Instant at, @Nullable CustomerId after, int limit) {
        return work
                .session()
                .dsl()
                .select(CRM_ACCOUNT.CUSTOMER_ID)
                .from(CRM_ACCOUNT)
                .where(CRM_ACCOUNT.TENANT_ID.eq(tenant.value()))
                .and(CRM_ACCOUNT.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .and(CRM_ACCOUNT.ASSET.eq(asset.code()))
                .and(CRM_ACCOUNT.DUE_MS.le(at.toEpochMilli()))
                .orderBy(CRM_ACCOUNT.CUSTOMER_ID)
                .limit(limit)
                .fetch(CRM_ACCOUNT.CUSTOMER_ID)
                .stream()
                .map(CustomerId::of)
                .toList();
    }

    @Override
    public List<ExpiringLot> expiring(
            TenantId tenant, Asset asset, Instant from, Instant to, @Nullable ExpiringLot after, int limit) {
        return Session.rows(
                work.session()
                        .dsl()
                        .select(CRM_LOT.CUSTOMER_ID, CRM_LOT.LOT_NO, CRM_LOT.REMAINING, CRM_LOT.EXPIRES_MS)
                        .from(CRM_LOT)
                        .where(CRM_LOT.TENANT_ID.eq(tenant.value()))
                        .and(row(CRM_LOT.CUSTOMER_ID, CRM_LOT.LOT_NO)
                                .gt(after == null ? 0L : after.customer().value(), after == null ? 0L : after.lotNo()))
                        .and(CRM_LOT.ASSET.eq(asset.code()))
                        .and(CRM_LOT.REMAINING.gt(0L))
                        .and(CRM_LOT.EXPIRES_MS.ge(from.toEpochMilli()))
                        .and(CRM_LOT.EXPIRES_MS.lt(to.toEpochMilli()))
                        .orderBy(CRM_LOT.CUSTOMER_ID, CRM_LOT.LOT_NO)
                        .limit(limit),
                row -> new ExpiringLot(
                        CustomerId.of(row.getLong(1)),
                        row.getLong(2),
                        row.getLong(3),
                        Instant.ofEpochMilli(row.getLong(4))));
    }

    /**
     * The customers of the page first, then one statement over their ranges in each table: sums of one snapshot, though others book
     * meanwhile.
     */
    @Override
    public List<AccountSums> sums(TenantId tenant, Asset asset, @Nullable CustomerId after, int limit) {
        long from = after == null ? 0 : after.value();
        List<Long> page = work.session()
                .dsl()
                .select(CRM_ACCOUNT.CUSTOMER_ID)
                .from(CRM_ACCOUNT)
                .where(CRM_ACCOUNT.TENANT_ID.eq(tenant.value()))
                .and(CRM_ACCOUNT.CUSTOMER_ID.gt(from))
                .and(CRM_ACCOUNT.ASSET.eq(asset.code()))
                .orderBy(CRM_ACCOUNT.CUSTOMER_ID)
                .limit(limit)
                .fetch(CRM_ACCOUNT.CUSTOMER_ID);
        return page.isEmpty()
                ? List.of()
                : new SumsQuery(work.session().dsl(), tenant, asset).of(from, page.get(page.size() - 1));
    }

    @Override
    public Map<EntryType, Long> flows(TenantId tenant, Asset asset, Instant from, Instant to) {
        Map<EntryType, Long> flows = new EnumMap<>(EntryType.class);
        work.session()
                .dsl()
                .select(CRM_ENTRY.TYPE, sum(CRM_ENTRY.AMOUNT))
                .from(CRM_ENTRY)
                .where(CRM_ENTRY.TENANT_ID.eq(tenant.value()))
                .and(CRM_ENTRY.ASSET.eq(asset.code()))
                .and(CRM_ENTRY.AT_MS.ge(from.toEpochMilli()))
                .and(CRM_ENTRY.AT_MS.lt(to.toEpochMilli()))
                .groupBy(CRM_ENTRY.TYPE)
                .forEach(row ->
                        flows.put(EntryType.valueOf(row.value1()), row.value2().longValueExact()));
        return flows;
    }

    @Override
    public Map<CustomerId, List<Account>> accounts(TenantId tenant, Collection<CustomerId> customers) {
        List<Field<?>> columns = new ArrayList<>(LedgerRows.ACCOUNT);
        columns.add(0, CRM_ACCOUNT.CUSTOMER_ID);
        var query = work.session()
                .dsl()
                .select(columns)
                .from(CRM_ACCOUNT)
                .where(CRM_ACCOUNT.TENANT_ID.eq(tenant.value()))
                .and(CRM_ACCOUNT.CUSTOMER_ID.in(Column.ids(customers)))
                .orderBy(CRM_ACCOUNT.CUSTOMER_ID, CRM_ACCOUNT.ASSET);
        return Session.rows(
                        query,
                        row -> LedgerRows.account(
                                row,
                                2,
                                new AccountId(tenant, CustomerId.of(row.getLong(1)), Asset.parse(row.getString(2)))))
                .stream()
                .collect(Collectors.groupingBy(account -> account.id().customer()));
    }

    @Override
    public List<ValueSum> values(ValueQuery query) {
        return new ValueSums(work.session(), query).read();
    }

    private static Condition entriesOf(AccountId id) {
        return CRM_ENTRY
                .TENANT_ID
                .eq(id.tenant().value())
                .and(CRM_ENTRY.CUSTOMER_ID.eq(id.customer().value()))
                .and(CRM_ENTRY.ASSET.eq(id.asset().code()));
    }
}
