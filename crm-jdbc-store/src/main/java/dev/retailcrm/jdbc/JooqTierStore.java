package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_OUTBOX;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TIER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TIER_ENTRY;
import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.assets.tier.TierAct;
import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPoint;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.assets.tier.TierText;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Tiers in {@code crm_tier} and {@code crm_tier_entry}; measured from {@code crm_order}, {@code crm_refund} and {@code crm_entry}. A customer's tiers are
 * locked with her record in {@code crm_customer}. Thread-safe.
 */
final class JooqTierStore implements TierStore {
    /** Customers first, then their standings. No join: where few had any when the tables were analysed, it would read all of them. */
    private static final String SNAPSHOTS = "(SELECT customer_id, status, merged_into, NULL FROM crm_customer"
            + " WHERE tenant_id = ? AND customer_id %s) UNION ALL (SELECT customer_id, NULL, last_seq, standings FROM crm_tier"
            + " WHERE tenant_id = ? AND customer_id %s)";

    private static final String EARNED =
            "SELECT customer_id, at_ms, amount FROM crm_entry WHERE tenant_id = ? AND customer_id %s AND asset = ?"
                    + " AND at_ms >= ? AND type IN ('EARN', 'ADJUST', 'TAKE_BACK', 'MERGE_IN', 'MERGE_OUT')";
    private static final String ORDERS = "SELECT customer_id, occurred_ms, amount_minor FROM crm_order"
            + " WHERE tenant_id = ? AND customer_id %s AND currency = ? AND occurred_ms >= ? AND NOT cancelled";
    private static final String REFUNDS = "SELECT r.customer_id, r.occurred_ms, -r.amount_minor FROM crm_refund r"
            + " JOIN crm_order o ON o.tenant_id = r.tenant_id AND o.customer_id = r.customer_id AND o.source = r.source"
            + " AND o.order_no = r.order_no WHERE r.tenant_id = ? AND r.customer_id %s AND r.currency = ?"
            + " AND r.occurred_ms >= ? AND o.currency = r.currency AND NOT o.cancelled";

    private final JdbcUnitOfWork work;

    JooqTierStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Map<CustomerId, TierSnapshot> lock(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        Map<CustomerId, Standing> records = RecordLock.locked(session, tenant, customers);
        return snapshots(session, tenant, records);
    }

    @Override
    public Map<CustomerId, TierSnapshot> find(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, TierSnapshot> found = new HashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        Session session = work.session();
        var ids = new IdList(session.engine(), customers);
        session.query(
                SNAPSHOTS.replace("%s", ids.in()),
                statement -> ids.bind(
                        ids.bind(new Bind(statement).text(tenant.value())).text(tenant.value())),
                row -> {
                    CustomerId customer = CustomerId.of(row.getLong(1));
                    String status = row.getString(2);
                    TierSnapshot record = found.get(customer);
                    if (status != null) {
                        found.put(
                                customer,
                                TierSnapshot.none(
                                        customer,
                                        CustomerStatus.valueOf(status),
                                        Column.customer(row.getObject(3, Long.class))));
                    } else if (record != null) {
                        found.put(
                                customer,
                                snapshot(
                                        customer,
                                        record.status(),
                                        record.mergedInto(),
                                        row.getLong(3),
                                        row.getString(4)));
                    }
                    return customer;
                });
        return found;
    }

    private static Map<CustomerId, TierSnapshot> snapshots(
            Session session, TenantId tenant, Map<CustomerId, Standing> records) {
        Map<CustomerId, TierSnapshot> found = new HashMap<>();
        records.forEach((customer, record) ->
                found.put(customer, TierSnapshot.none(customer, record.status(), record.mergedInto())));
        if (!records.isEmpty()) {
            rows(session, tenant, records.keySet(), "customer_id, last_seq, standings", row -> {
                CustomerId customer = CustomerId.of(row.getLong(1));
                Standing record = Objects.requireNonNull(records.get(customer));
                found.put(
                        customer,
                        snapshot(customer, record.status(), record.mergedInto(), row.getLong(2), row.getString(3)));
                return customer;
            });
        }
        return found;
    }

    /** As they are committed, or were written in this transaction. Without jOOQ, which would name a thousand parameters for each page. */
    private static <T> List<T> rows(
            Session session, TenantId tenant, Collection<CustomerId> customers, String columns, Session.Row<T> reader) {
        var ids = new IdList(session.engine(), customers);
        String lock = session.mustReadFresh() ? " LOCK IN SHARE MODE" : "";
        return session.query(
                "SELECT " + columns + " FROM crm_tier WHERE tenant_id = ? AND customer_id " + ids.in() + lock,
                statement -> ids.bind(new Bind(statement).text(tenant.value())),
                reader);
    }

    private static TierSnapshot snapshot(
            CustomerId customer, CustomerStatus status, @Nullable CustomerId mergedInto, long seq, String text) {
        SortedMap<String, TierStanding> standings = new TreeMap<>();
        TierText.standings(text).forEach(it -> standings.put(it.program(), it));
        return new TierSnapshot(customer, status, mergedInto, seq, standings);
    }

    @Override
    public boolean apply(List<TierChange> changes) {
        if (changes.isEmpty()) {
            return true;
        }
        Session session = work.session();
        TenantId tenant = changes.get(0).tenant();
        for (TierChange change : changes) {
            TierChange.Booking booking = change.booking();
            if (booking != null
                    && !JooqRequestStore.book(
                            session, tenant, change.after().customer(), booking.key(), booking.booked())) {
                return false;
            }
        }
        Set<CustomerId> known = known(session, tenant, changes);
        List<NewRow> made = new ArrayList<>();
        List<TierSnapshot> changed = new ArrayList<>();
        List<NewRow> entries = new ArrayList<>();
        List<NewRow> events = new ArrayList<>();
        for (TierChange change : changes) {
            TierSnapshot after = change.after();
            if (known.contains(after.customer())) {
                changed.add(after);
            } else {
                made.add(row(tenant, after));
            }
            change.entries().forEach(it -> entries.add(row(tenant, after.customer(), it)));
            change.events().forEach(it -> events.add(JooqOutboxStore.columns(it)));
        }
        session.each(
                "UPDATE crm_tier SET last_seq = ?, standings = ? WHERE tenant_id = ? AND customer_id = ?",
                changed,
                (statement, it) -> new Bind(statement)
                        .number(it.lastSeq())
                        .text(TierText.of(it.standings().values()))
                        .text(tenant.value())
                        .number(it.customer().value()));
        BulkInsert.each(session, Map.of(CRM_TIER, made, CRM_TIER_ENTRY, entries, CRM_OUTBOX, events));
        return true;
    }

    /** The caller holds them, so who has no row gets none meanwhile. */
    private static Set<CustomerId> known(Session session, TenantId tenant, List<TierChange> changes) {
        List<CustomerId> customers =
                changes.stream().map(it -> it.after().customer()).toList();
        return Set.copyOf(rows(session, tenant, customers, "customer_id", row -> CustomerId.of(row.getLong(1))));
    }

    private static NewRow row(TenantId tenant, TierSnapshot after) {
        return new NewRow()
                .put(CRM_TIER.TENANT_ID, tenant.value())
                .put(CRM_TIER.CUSTOMER_ID, after.customer().value())
                .put(CRM_TIER.LAST_SEQ, after.lastSeq())
                .put(CRM_TIER.STANDINGS, TierText.of(after.standings().values()));
    }

    private static NewRow row(TenantId tenant, CustomerId customer, TierEntry entry) {
        StaffId by = entry.by();
        return new NewRow()
                .put(CRM_TIER_ENTRY.TENANT_ID, tenant.value())
                .put(CRM_TIER_ENTRY.CUSTOMER_ID, customer.value())
                .put(CRM_TIER_ENTRY.SEQ, entry.seq())
                .put(CRM_TIER_ENTRY.PROGRAM_KEY, entry.program())
                .put(CRM_TIER_ENTRY.ACT, entry.act().name())
                .put(CRM_TIER_ENTRY.AT_MS, entry.at().toEpochMilli())
                .put(CRM_TIER_ENTRY.BOOKED_MS, entry.booked().toEpochMilli())
                .put(CRM_TIER_ENTRY.BEFORE_LEVEL, entry.before())
                .put(CRM_TIER_ENTRY.AFTER_LEVEL, entry.after())
                .put(CRM_TIER_ENTRY.STAFF_ID, by == null ? null : by.value());
    }

    @Override
    public List<TierEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        return work.session()
                .dsl()
                .selectFrom(CRM_TIER_ENTRY)
                .where(CRM_TIER_ENTRY.TENANT_ID.eq(tenant.value()))
                .and(CRM_TIER_ENTRY.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_TIER_ENTRY.SEQ.gt(after))
                .orderBy(CRM_TIER_ENTRY.SEQ)
                .limit(limit)
                .fetch(JooqTierStore::entry);
    }

    private static TierEntry entry(Record row) {
        String by = row.get(CRM_TIER_ENTRY.STAFF_ID);
        return new TierEntry(
                row.get(CRM_TIER_ENTRY.SEQ),
                row.get(CRM_TIER_ENTRY.PROGRAM_KEY),
                TierAct.valueOf(row.get(CRM_TIER_ENTRY.ACT)),
                Instant.ofEpochMilli(row.get(CRM_TIER_ENTRY.AT_MS)),
                Instant.ofEpochMilli(row.get(CRM_TIER_ENTRY.BOOKED_MS)),
                row.get(CRM_TIER_ENTRY.BEFORE_LEVEL),
                row.get(CRM_TIER_ENTRY.AFTER_LEVEL),
                by == null ? null : StaffId.of(by));
    }

    @Override
    public Map<CustomerId, List<TierPoint>> points(
            TenantId tenant, TierMeasure measure, Collection<CustomerId> customers, Instant from) {
        Map<CustomerId, List<TierPoint>> points = new HashMap<>();
        if (customers.isEmpty()) {
            return points;
        }
        Session session = work.session();
        boolean visits = measure.kind() == TierMeasure.Kind.VISITS;
        List<String> parts = switch (measure.kind()) {
            case EARNED -> List.of(EARNED);
            case SPENT -> List.of(ORDERS, REFUNDS);
            case VISITS -> List.of(ORDERS);
        };
        var ids = new IdList(session.engine(), customers);
        String sql = String.join(" UNION ALL ", parts).replace("%s", ids.in());
        session.query(
                sql,
                statement -> {
                    Bind bind = new Bind(statement);
                    for (int i = 0; i < parts.size(); i++) {
                        ids.bind(bind.text(tenant.value())).text(measure.unit()).instant(from);
                    }
                },
                row -> add(points, row, visits));
        return points;
    }

    private static boolean add(Map<CustomerId, List<TierPoint>> points, ResultSet row, boolean visits)
            throws SQLException {
        var point = new TierPoint(Instant.ofEpochMilli(row.getLong(2)), visits ? 1 : row.getLong(3));
        return points.computeIfAbsent(CustomerId.of(row.getLong(1)), first -> new ArrayList<>())
                .add(point);
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        return work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.STATUS.eq(CustomerStatus.ACTIVE.name()))
                .and(CRM_CUSTOMER.MERGED_INTO.isNull())
                .and(after == null ? noCondition() : CRM_CUSTOMER.CUSTOMER_ID.gt(after.value()))
                .orderBy(CRM_CUSTOMER.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        Session session = work.session();
        List<Long> entries =
                entries(tenant, customer, 0, limit).stream().map(TierEntry::seq).toList();
        if (!entries.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_TIER_ENTRY)
                    .where(CRM_TIER_ENTRY.TENANT_ID.eq(tenant.value()))
                    .and(CRM_TIER_ENTRY.CUSTOMER_ID.eq(customer.value()))
                    .and(CRM_TIER_ENTRY.SEQ.le(entries.get(entries.size() - 1)))
                    .execute();
        }
        return entries.size() == limit
                ? limit
                : entries.size()
                        + session.dsl()
                                .deleteFrom(CRM_TIER)
                                .where(CRM_TIER.TENANT_ID.eq(tenant.value()))
                                .and(CRM_TIER.CUSTOMER_ID.eq(customer.value()))
                                .execute();
    }
}
