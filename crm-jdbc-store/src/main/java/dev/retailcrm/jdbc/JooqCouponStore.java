package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_BATCH;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_CODE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_ENTRY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_REQUEST;
import static dev.retailcrm.jdbc.schema.Tables.CRM_COUPON_TEMPLATE;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.select;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponAct;
import dev.retailcrm.assets.coupon.CouponBatch;
import dev.retailcrm.assets.coupon.CouponEntry;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponState;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponText;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CouponChange;
import dev.retailcrm.assets.spi.CouponHolder;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.CouponTake;
import dev.retailcrm.assets.spi.CouponTaken;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.jdbc.schema.tables.CrmCouponTemplate;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;
import org.jooq.SelectForUpdateStep;
import org.jspecify.annotations.Nullable;

/**
 * Coupons in {@code crm_coupon} and {@code crm_coupon_entry}, their templates in {@code crm_coupon_template}, what is counted of those in
 * {@code crm_coupon_taken}, and codes in {@code crm_coupon_batch} and {@code crm_coupon_code}. A customer's coupons are locked with her record in
 * {@code crm_customer}. Thread-safe.
 */
final class JooqCouponStore implements CouponStore {
    private static final List<String> HERS = Stream.of(CouponAct.values())
            .filter(CouponAct::isHers)
            .map(Enum::name)
            .toList();

    private static final String COUPONS =
            "SELECT " + CouponColumns.COUPON + " FROM crm_coupon WHERE tenant_id = ? AND customer_id = ?";

    private static final String OPEN = " AND state IN ('AVAILABLE', 'LOCKED')";

    /** What templates say is not read twice; rows are compared whole, so no other transaction's are taken for ours. */
    private static final int TEMPLATES = 1_000;

    private final JdbcUnitOfWork work;
    private final Cache<String, CouponTemplate> read =
            Caffeine.newBuilder().maximumSize(TEMPLATES).build();

    JooqCouponStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    /** {@inheritDoc} Read plainly: whoever gets coupons must not wait for whoever defines and holds what is counted. */
    @Override
    public Optional<CouponTemplate> newest(TenantId tenant, String template) {
        return newest(work.session(), tenant, template).fetch().stream()
                .findFirst()
                .map(JooqCouponStore::template);
    }

    private static SelectForUpdateStep<Record1<String>> newest(Session session, TenantId tenant, String template) {
        return session.dsl()
                .select(CRM_COUPON_TEMPLATE.DEFINITION)
                .from(CRM_COUPON_TEMPLATE)
                .where(CRM_COUPON_TEMPLATE.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_TEMPLATE.TEMPLATE_KEY.eq(template))
                .orderBy(CRM_COUPON_TEMPLATE.VERSION.desc())
                .limit(1);
    }

    private static CouponTemplate template(Record1<String> row) {
        return CouponText.template(row.value1());
    }

    @Override
    public Map<CouponTemplate.Version, CouponTemplate> versions(
            TenantId tenant, Collection<CouponTemplate.Version> versions) {
        Session session = work.session();
        Map<CouponTemplate.Version, CouponTemplate> found = new HashMap<>();
        if (!versions.isEmpty()) {
            // The tenant is part of each row, because H2 uses the index only for a list of whole keys.
            var query = session.dsl()
                    .select(CRM_COUPON_TEMPLATE.DEFINITION)
                    .from(CRM_COUPON_TEMPLATE)
                    .where(row(
                                    CRM_COUPON_TEMPLATE.TENANT_ID,
                                    CRM_COUPON_TEMPLATE.TEMPLATE_KEY,
                                    CRM_COUPON_TEMPLATE.VERSION)
                            .in(versions.stream()
                                    .map(it -> row(tenant.value(), it.template(), it.version()))
                                    .toList()));
            session.fetchFresh(query).map(JooqCouponStore::template).forEach(it -> found.put(it.id(), it));
        }
        return found;
    }

    @Override
    public List<CouponTemplate> templates(TenantId tenant, @Nullable String after, int limit) {
        CrmCouponTemplate later = CRM_COUPON_TEMPLATE.as("later");
        return work.session()
                .dsl()
                .select(CRM_COUPON_TEMPLATE.DEFINITION)
                .from(CRM_COUPON_TEMPLATE)
                .where(CRM_COUPON_TEMPLATE.TENANT_ID.eq(tenant.value()))
                .and(after == null ? noCondition() : CRM_COUPON_TEMPLATE.TEMPLATE_KEY.gt(after))
                .and(CRM_COUPON_TEMPLATE.VERSION.eq(select(max(later.VERSION))
                        .from(later)
                        .where(later.TENANT_ID.eq(tenant.value()))
                        .and(later.TEMPLATE_KEY.eq(CRM_COUPON_TEMPLATE.TEMPLATE_KEY))))
                .orderBy(CRM_COUPON_TEMPLATE.TEMPLATE_KEY)
                .limit(limit)
                .fetch(JooqCouponStore::template);
    }

    @Override
    public Optional<CouponTemplate> lockTemplate(TenantId tenant, String template) {
        Session session = work.session();
        return new CouponCounts(session, tenant).lock(template)
                ? session.fetchFresh(newest(session, tenant, template)).stream()
                        .findFirst()
                        .map(JooqCouponStore::template)
                : Optional.empty();
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_COUPON_REQUEST.FINGERPRINT, CRM_COUPON_REQUEST.ANSWER)
                .from(CRM_COUPON_REQUEST)
                .where(CRM_COUPON_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_REQUEST.REQUEST_KEY.eq(key.value()));
        return session.fetchFresh(query).stream().findFirst().map(it -> new Booked(it.value1(), it.value2()));
    }

    private boolean book(Session session, TenantId tenant, RequestKey key, Booked booked) {
        return KeyClaim.claim(() -> inserted(session, tenant, key, booked), () -> {
            session.markLocking();
            return booked(tenant, key).isPresent();
        });
    }

    private static boolean inserted(Session session, TenantId tenant, RequestKey key, Booked booked) {
        var insert = session.dsl().insertQuery(CRM_COUPON_REQUEST);
        insert.addValue(CRM_COUPON_REQUEST.TENANT_ID, tenant.value());
        insert.addValue(CRM_COUPON_REQUEST.REQUEST_KEY, key.value());
        insert.addValue(CRM_COUPON_REQUEST.FINGERPRINT, booked.fingerprint());
        insert.addValue(CRM_COUPON_REQUEST.ANSWER, booked.answer());
        return Inserts.unlessPresent(session, insert) == 1;
    }

    @Override
    public boolean define(TenantId tenant, CouponTemplate template, RequestKey key, Booked booked) {
        Session session = work.session();
        var counts = new CouponCounts(session, tenant);
        boolean first = template.version() == 1;
        session.markLocking();
        if (first && !counts.make(template.key())) {
            return false;
        }
        if (!book(session, tenant, key, booked)) {
            if (first) {
                counts.unmake(template.key());
            }
            return false;
        }
        session.dsl()
                .insertInto(CRM_COUPON_TEMPLATE)
                .set(CRM_COUPON_TEMPLATE.TENANT_ID, tenant.value())
                .set(CRM_COUPON_TEMPLATE.TEMPLATE_KEY, template.key())
                .set(CRM_COUPON_TEMPLATE.VERSION, template.version())
                .set(CRM_COUPON_TEMPLATE.DEFINITION, CouponText.of(template))
                .execute();
        return true;
    }

    @Override
    public CouponTaken taken(TenantId tenant, String template, @Nullable Long day) {
        return new CouponCounts(work.session(), tenant).taken(template, day);
    }

    @Override
    public Applied open(TenantId tenant, CouponBatch batch, RequestKey key, Booked booked, CouponTake take) {
        Session session = work.session();
        if (!book(session, tenant, key, booked)) {
            return Applied.REPEATED;
        }
        OptionalLong left = new CouponCounts(session, tenant).take(take);
        if (left.isPresent()) {
            session.dsl()
                    .deleteFrom(CRM_COUPON_REQUEST)
                    .where(CRM_COUPON_REQUEST.TENANT_ID.eq(tenant.value()))
                    .and(CRM_COUPON_REQUEST.REQUEST_KEY.eq(key.value()))
                    .execute();
            return Applied.tooFew(left.getAsLong());
        }
        session.dsl()
                .insertInto(CRM_COUPON_BATCH)
                .set(CRM_COUPON_BATCH.TENANT_ID, tenant.value())
                .set(CRM_COUPON_BATCH.BATCH_ID, batch.id().value())
                .set(CRM_COUPON_BATCH.TEMPLATE_KEY, batch.template())
                .set(CRM_COUPON_BATCH.IMPORTED, batch.foreign())
                .set(CRM_COUPON_BATCH.ORDERED, batch.ordered())
                .set(CRM_COUPON_BATCH.MADE, batch.made())
                .set(CRM_COUPON_BATCH.WITHDRAWN, batch.withdrawn())
                .set(CRM_COUPON_BATCH.OPENED_MS, batch.openedAt().toEpochMilli())
                .set(CRM_COUPON_BATCH.VERSION, batch.version())
                .execute();
        return Applied.WRITTEN;
    }

    @Override
    public Optional<CouponBatch> batch(TenantId tenant, CouponId batch) {
        Session session = work.session();
        return session.fetchFresh(batches(session, tenant, batch)).stream()
                .findFirst()
                .map(CouponColumns::batch);
    }

    @Override
    public Optional<CouponBatch> lockBatch(TenantId tenant, CouponId batch) {
        Session session = work.session();
        var found = batches(session, tenant, batch).forUpdate().fetchOptional(CouponColumns::batch);
        session.markLocking();
        return found;
    }

    private static SelectConditionStep<Record> batches(Session session, TenantId tenant, CouponId batch) {
        return session.dsl()
                .select(CRM_COUPON_BATCH.fields())
                .from(CRM_COUPON_BATCH)
                .where(CRM_COUPON_BATCH.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_BATCH.BATCH_ID.eq(batch.value()));
    }

    @Override
    public void write(TenantId tenant, CouponBatch batch) {
        int updated = work.session()
                .dsl()
                .update(CRM_COUPON_BATCH)
                .set(CRM_COUPON_BATCH.MADE, batch.made())
                .set(CRM_COUPON_BATCH.WITHDRAWN, batch.withdrawn())
                .set(CRM_COUPON_BATCH.VERSION, batch.version())
                .where(CRM_COUPON_BATCH.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_BATCH.BATCH_ID.eq(batch.id().value()))
                .and(CRM_COUPON_BATCH.VERSION.eq(batch.version() - 1))
                .execute();
        if (updated != 1) {
            throw CoreError.STORE_FAILED.because("the batch was changed without its lock");
        }
    }

    @Override
    public Set<String> known(TenantId tenant, Collection<String> hashes) {
        return new CouponCodeRows(work.session(), tenant).known(hashes);
    }

    @Override
    public Set<String> addCodes(TenantId tenant, CouponId batch, Collection<String> hashes) {
        return new CouponCodeRows(work.session(), tenant).add(batch, hashes);
    }

    @Override
    public Optional<CodeRow> code(TenantId tenant, Collection<String> hashes) {
        return work
                .session()
                .dsl()
                .selectFrom(CRM_COUPON_CODE)
                .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_CODE.CODE_HASH.in(hashes))
                .fetch(CouponColumns::code)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<CodeRow> lockCode(TenantId tenant, String hash) {
        Session session = work.session();
        var found = session.dsl()
                .selectFrom(CRM_COUPON_CODE)
                .where(CRM_COUPON_CODE.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON_CODE.CODE_HASH.eq(hash))
                .forUpdate()
                .fetchOptional(CouponColumns::code);
        session.markLocking();
        return found;
    }

    /** {@inheritDoc} Two statements: one that waited for the lock would show PostgreSQL's entries as they were before waiting. */
    @Override
    public Map<CustomerId, CouponHolder> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        var standings = RecordLock.locked(session, tenant, new HashSet<>(customers));
        Map<CustomerId, CouponHolder> found = new TreeMap<>();
        standings.forEach((customer, standing) -> found.put(
                customer,
                new CouponHolder(
                        customer, standing.status(), standing.mergedInto(), lastSeq(session, tenant, customer))));
        return found;
    }

    /** By the key, also where there are few rows: a scan would wait for what others insert. */
    private static long lastSeq(Session session, TenantId tenant, CustomerId customer) {
        return number(
                session,
                "SELECT COALESCE(MAX(seq), 0) FROM crm_coupon_entry" + byKey(session)
                        + " WHERE tenant_id = ? AND customer_id = ?",
                statement -> new Bind(statement).text(tenant.value()).number(customer.value()));
    }

    private static long number(Session session, String sql, Session.Binder binder) {
        return session.query(sql + (session.mustReadFresh() ? " LOCK IN SHARE MODE" : ""), binder, it -> it.getLong(1))
                .get(0);
    }

    private static String byKey(Session session) {
        return session.mustReadFresh() ? " FORCE INDEX (PRIMARY)" : "";
    }

    private static Condition hers(TenantId tenant, CustomerId customer) {
        return CRM_COUPON.TENANT_ID.eq(tenant.value()).and(CRM_COUPON.CUSTOMER_ID.eq(customer.value()));
    }

    @Override
    public Map<CouponId, Coupon> find(TenantId tenant, CustomerId customer, Collection<CouponId> coupons) {
        Session session = work.session();
        Map<CouponId, Coupon> found = new TreeMap<>();
        if (!coupons.isEmpty()) {
            session.query(
                            fresh(session, COUPONS + " AND coupon_id IN (" + marks(coupons.size()) + ")"),
                            statement -> bind(new Bind(statement), tenant, customer, coupons),
                            CouponColumns::coupon)
                    .forEach(it -> found.put(it.id(), it));
        }
        return found;
    }

    private static String marks(int count) {
        return String.join(", ", Collections.nCopies(count, "?"));
    }

    private static void bind(Bind bind, TenantId tenant, CustomerId customer, Collection<CouponId> coupons)
            throws SQLException {
        bind.text(tenant.value()).number(customer.value());
        for (CouponId coupon : coupons) {
            bind.number(coupon.value());
        }
    }

    /** A statement that reads what the customer's lock protects. */
    private static String fresh(Session session, String query) {
        return session.mustReadFresh() ? query + " LOCK IN SHARE MODE" : query;
    }

    @Override
    public List<Coupon> coupons(
            TenantId tenant, CustomerId customer, boolean open, @Nullable CouponId after, int limit) {
        Session session = work.session();
        return session.query(
                fresh(session, COUPONS + " AND coupon_id > ?" + (open ? OPEN : "") + " ORDER BY coupon_id LIMIT ?"),
                statement -> new Bind(statement)
                        .text(tenant.value())
                        .number(customer.value())
                        .number(after == null ? Long.MIN_VALUE : after.value())
                        .integer(limit),
                CouponColumns::coupon);
    }

    /** A coupon with its template, if it is known. */
    record WithTemplate(Coupon coupon, @Nullable CouponTemplate template) {}

    /** The coupons a checkout needs, with other statements, on PostgreSQL. */
    List<WithTemplate> addCoupons(Together together, CheckoutNeeds needs) {
        return together.query(
                "SELECT " + CouponColumns.COUPON
                        + ", (SELECT t.definition FROM crm_coupon_template t WHERE t.tenant_id ="
                        + " c.tenant_id AND t.template_key = c.template_key AND t.version = c.template_version) FROM crm_coupon"
                        + " c WHERE tenant_id = ? AND customer_id = ?" + of(needs) + " ORDER BY coupon_id LIMIT ?",
                bind -> bind(bind, needs).integer(needs.most()),
                row -> {
                    String definition = row.getString(CouponColumns.COUPON_COLUMNS + 1);
                    return new WithTemplate(
                            CouponColumns.coupon(row),
                            definition == null ? null : read.get(definition, CouponText::template));
                });
    }

    private static String of(CheckoutNeeds needs) {
        return needs.open() ? OPEN : " AND coupon_id = ANY (?)";
    }

    private static Bind bind(Bind bind, CheckoutNeeds needs) throws SQLException {
        bind.text(needs.tenant().value()).number(needs.customer().value());
        return needs.open()
                ? bind
                : bind.array(
                        "bigint", needs.named().stream().map(CouponId::value).toArray());
    }

    @Override
    public long obtained(TenantId tenant, CustomerId customer, String template) {
        Session session = work.session();
        return number(
                session,
                "SELECT COUNT(*) FROM crm_coupon" + byKey(session)
                        + " WHERE tenant_id = ? AND customer_id = ? AND template_key = ? AND origin <> 'TRANSFER'",
                statement -> new Bind(statement)
                        .text(tenant.value())
                        .number(customer.value())
                        .text(template));
    }

    @Override
    public Applied apply(CouponChange change) {
        return new CouponWriter(work.session(), change).write();
    }

    private static Condition hersToo(TenantId tenant, CustomerId customer) {
        return CRM_COUPON_ENTRY.TENANT_ID.eq(tenant.value()).and(CRM_COUPON_ENTRY.CUSTOMER_ID.eq(customer.value()));
    }

    @Override
    public List<CouponEntry> entries(TenantId tenant, CustomerId customer, long after, int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_COUPON_ENTRY)
                        .where(hersToo(tenant, customer))
                        .and(CRM_COUPON_ENTRY.SEQ.gt(after))
                        .orderBy(CRM_COUPON_ENTRY.SEQ)
                        .limit(limit))
                .map(CouponColumns::entry);
    }

    @Override
    public List<CouponEntry> entriesOf(TenantId tenant, CustomerId customer, CouponId coupon) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_COUPON_ENTRY)
                        .where(hersToo(tenant, customer))
                        .and(CRM_COUPON_ENTRY.COUPON_ID.eq(coupon.value()))
                        .orderBy(CRM_COUPON_ENTRY.SEQ))
                .map(CouponColumns::entry);
    }

    @Override
    public Map<CouponState, Long> counts(TenantId tenant, String template) {
        Map<CouponState, Long> counts = new EnumMap<>(CouponState.class);
        work.session()
                .dsl()
                .select(CRM_COUPON.STATE, count())
                .from(CRM_COUPON)
                .where(CRM_COUPON.TENANT_ID.eq(tenant.value()))
                .and(CRM_COUPON.TEMPLATE_KEY.eq(template))
                .groupBy(CRM_COUPON.STATE)
                .forEach(it ->
                        counts.put(CouponState.valueOf(it.value1()), it.value2().longValue()));
        return counts;
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        Session session = work.session();
        List<Long> coupons = coupons(tenant, customer, false, null, limit).stream()
                .map(it -> it.id().value())
                .toList();
        if (!coupons.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_COUPON)
                    .where(hers(tenant, customer))
                    .and(CRM_COUPON.COUPON_ID.in(coupons))
                    .execute();
        }
        List<Long> entries = entries(tenant, customer, 0, limit - coupons.size()).stream()
                .map(CouponEntry::seq)
                .toList();
        if (!entries.isEmpty()) {
            session.dsl()
                    .deleteFrom(CRM_COUPON_ENTRY)
                    .where(hersToo(tenant, customer))
                    .and(CRM_COUPON_ENTRY.SEQ.le(entries.get(entries.size() - 1)))
                    .execute();
        }
        return coupons.size() + entries.size();
    }

    @Override
    public Map<CustomerId, Instant> lastAt(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        if (!customers.isEmpty()) {
            work.session()
                    .dsl()
                    .select(CRM_COUPON_ENTRY.CUSTOMER_ID, max(CRM_COUPON_ENTRY.AT_MS))
                    .from(CRM_COUPON_ENTRY)
                    .where(CRM_COUPON_ENTRY.TENANT_ID.eq(tenant.value()))
                    .and(CRM_COUPON_ENTRY.CUSTOMER_ID.in(Column.ids(customers)))
                    .and(CRM_COUPON_ENTRY.ACT.in(HERS))
                    .groupBy(CRM_COUPON_ENTRY.CUSTOMER_ID)
                    .forEach(it -> found.put(CustomerId.of(it.value1()), Instant.ofEpochMilli(it.value2())));
        }
        return found;
    }
}
