package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_DRAFT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_FROZEN;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_SNAPSHOT;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STATE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_STAY;
import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static org.jooq.impl.DSL.castNull;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import dev.retailcrm.audience.AudienceSnapshot;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.audience.spi.AudienceChunk;
import dev.retailcrm.audience.spi.AudienceFile;
import dev.retailcrm.audience.spi.AudienceFileChange;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceQuestion;
import dev.retailcrm.audience.spi.AudienceRun;
import dev.retailcrm.audience.spi.AudienceState;
import dev.retailcrm.audience.spi.AudienceSwap;
import dev.retailcrm.audience.spi.AudienceTally;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.jdbc.schema.tables.CrmAudienceStay;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record3;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/**
 * Members of audiences in {@code crm_audience_state}, {@code crm_audience_stay}, {@code crm_audience_pick}, {@code crm_audience_draft}, {@code
 * crm_audience_snapshot} and {@code crm_audience_frozen}. Thread-safe.
 */
final class JooqAudienceMemberStore implements AudienceMemberStore {
    private final JdbcUnitOfWork work;
    private final Sealing sealing;

    JooqAudienceMemberStore(JdbcUnitOfWork work, Sealing sealing) {
        this.work = work;
        this.sealing = sealing;
    }

    /** {@inheritDoc} Its row is made first if there is none. */
    @Override
    public AudienceState lock(TenantId tenant, String audience) {
        Session session = work.session();
        Optional<AudienceState> found = locked(session, tenant, audience);
        if (found.isEmpty()) {
            var insert = session.dsl().insertQuery(CRM_AUDIENCE_STATE);
            insert.addValue(CRM_AUDIENCE_STATE.TENANT_ID, tenant.value());
            insert.addValue(CRM_AUDIENCE_STATE.AUDIENCE_KEY, audience);
            insert.addValue(CRM_AUDIENCE_STATE.GENERATION, 0L);
            insert.addValue(CRM_AUDIENCE_STATE.VERSION, 0L);
            insert.addValue(CRM_AUDIENCE_STATE.LISTING, 0L);
            insert.addValue(CRM_AUDIENCE_STATE.UPLOADS, 0L);
            Inserts.unlessPresent(session, insert);
            found = locked(session, tenant, audience);
        }
        session.markLocking();
        return found.orElseThrow(
                () -> CoreError.LOCK_TIMEOUT.because("another transaction makes the state of the audience"));
    }

    private static Optional<AudienceState> locked(Session session, TenantId tenant, String audience) {
        return session.dsl()
                .selectFrom(CRM_AUDIENCE_STATE)
                .where(isState(tenant, audience))
                .forUpdate()
                .fetchOptional(JooqAudienceMemberStore::state);
    }

    private static Condition isState(TenantId tenant, String audience) {
        return CRM_AUDIENCE_STATE.TENANT_ID.eq(tenant.value()).and(CRM_AUDIENCE_STATE.AUDIENCE_KEY.eq(audience));
    }

    private static AudienceState state(Record row) {
        var s = CRM_AUDIENCE_STATE;
        Long asOf = row.get(s.AS_OF_MS);
        Long version = row.get(s.RUN_VERSION);
        return new AudienceState(
                row.get(s.AUDIENCE_KEY),
                row.get(s.GENERATION),
                row.get(s.VERSION),
                asOf == null ? null : Instant.ofEpochMilli(asOf),
                row.get(s.LISTING),
                row.get(s.UPLOADS),
                row.get(s.PROBLEM),
                version == null
                        ? null
                        : new AudienceRun(
                                version,
                                Instant.ofEpochMilli(row.get(s.RUN_AS_OF_MS)),
                                Column.customer(row.get(s.RUN_PLACE)),
                                row.get(s.RUN_EVALUATED)));
    }

    @Override
    public List<AudienceState> states(TenantId tenant) {
        return states(tenant, noCondition());
    }

    @Override
    public List<AudienceState> pending(TenantId tenant) {
        return states(tenant, CRM_AUDIENCE_STATE.RUN_VERSION.isNotNull().or(CRM_AUDIENCE_STATE.LISTING.gt(0L)));
    }

    private List<AudienceState> states(TenantId tenant, Condition which) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_AUDIENCE_STATE)
                        .where(CRM_AUDIENCE_STATE.TENANT_ID.eq(tenant.value()))
                        .and(which)
                        .orderBy(CRM_AUDIENCE_STATE.AUDIENCE_KEY))
                .map(JooqAudienceMemberStore::state);
    }

    @Override
    public void write(TenantId tenant, AudienceState state) {
        var s = CRM_AUDIENCE_STATE;
        AudienceRun run = state.run();
        CustomerId place = run == null ? null : run.place();
        work.session()
                .dsl()
                .update(s)
                .set(s.GENERATION, state.generation())
                .set(s.VERSION, state.version())
                .set(s.AS_OF_MS, Column.millis(state.asOf()))
                .set(s.LISTING, state.listing())
                .set(s.UPLOADS, state.uploads())
                .set(s.PROBLEM, state.problem())
                .set(s.RUN_VERSION, run == null ? null : run.version())
                .set(s.RUN_AS_OF_MS, run == null ? null : run.asOf().toEpochMilli())
                .set(s.RUN_PLACE, place == null ? null : place.value())
                .set(s.RUN_EVALUATED, run == null ? null : run.evaluated())
                .where(isState(tenant, state.audience()))
                .execute();
    }

    /** {@inheritDoc} Two statements: where the step ends, and who comes or goes. */
    @Override
    public AudienceChunk draft(AudienceQuestion question, @Nullable CustomerId after, int limit) {
        Session session = work.session();
        CrmCustomer c = CRM_CUSTOMER.as("c");
        boolean whole = question.limit() != null;
        Table<?> step = select(c.CUSTOMER_ID)
                .from(c)
                .where(c.TENANT_ID.eq(question.tenant().value()))
                .and(after == null || whole ? noCondition() : c.CUSTOMER_ID.gt(after.value()))
                .orderBy(c.CUSTOMER_ID)
                .limit(whole ? Integer.MAX_VALUE : limit)
                .asTable("step", "customer_id");
        var end = session.dsl()
                .select(DSL.count().coerce(Long.class), max(AudienceTarget.id(step)))
                .from(step)
                .fetchSingle();
        boolean over = whole || end.value1() < limit;
        CustomerId last = over ? null : Column.customer(end.value2());
        RuleScope scope = whole ? RuleScope.ALL : RuleScope.between(after, last);
        setWise(session, () -> {
            draft(session, question, scope);
            return scope;
        });
        return new AudienceChunk(end.value1(), last);
    }

    /**
     * Lets PostgreSQL join sets of many by hashes: of rows that were just written it knows nothing yet, takes them for one, and would work a rule
     * out anew for each.
     */
    private static <T> T setWise(Session session, Supplier<T> statements) {
        if (session.engine() != Engine.POSTGRESQL) {
            return statements.get();
        }
        var set = "select set_config('enable_nestloop', {0}, true)";
        String before = session.dsl()
                .fetchSingle("select current_setting('enable_nestloop')")
                .get(0, String.class);
        session.dsl().fetch(set, val("off"));
        T answer = statements.get();
        session.dsl().fetch(set, val(before));
        return answer;
    }

    private void draft(Session session, AudienceQuestion question, RuleScope scope) {
        var target = new AudienceTarget(session, sealing, question, scope);
        var d = CRM_AUDIENCE_DRAFT;
        Table<?> x = changes(target.hasMembers() ? target.changes() : target.all());
        session.dsl()
                .insertInto(d, d.TENANT_ID, d.CUSTOMER_ID, d.AUDIENCE_KEY, d.ENTERS, d.REASON)
                .select(select(
                                val(question.tenant().value()),
                                AudienceTarget.id(x),
                                val(question.audience()),
                                enters(x),
                                AudienceTarget.reason(x))
                        .from(x)
                        .orderBy(AudienceTarget.id(x)))
                .execute();
    }

    private static Table<?> changes(Select<Record3<Long, String, Boolean>> who) {
        return who.asTable("x", "customer_id", "reason", "enters");
    }

    private static Field<Boolean> enters(Table<?> changes) {
        return changes.field("enters", SQLDataType.BOOLEAN);
    }

    @Override
    public void redraft(AudienceQuestion question, Set<CustomerId> customers) {
        Session session = work.session();
        RuleScope scope = question.limit() == null ? RuleScope.of(customers) : RuleScope.ALL;
        session.dsl()
                .deleteFrom(CRM_AUDIENCE_DRAFT)
                .where(isDraft(question.tenant(), question.audience()))
                .and(scope.holds(CRM_AUDIENCE_DRAFT.CUSTOMER_ID))
                .execute();
        draft(session, question, scope);
    }

    private static Condition isDraft(TenantId tenant, String audience) {
        return CRM_AUDIENCE_DRAFT.TENANT_ID.eq(tenant.value()).and(CRM_AUDIENCE_DRAFT.AUDIENCE_KEY.eq(audience));
    }

    @Override
    public AudienceTally swap(AudienceSwap swap) {
        Session session = work.session();
        AudienceTally tally = setWise(session, () -> new AudienceSwapping(session, swap).run());
        discard(swap.tenant(), swap.audience().key());
        return tally;
    }

    @Override
    public void discard(TenantId tenant, String audience) {
        work.session()
                .dsl()
                .deleteFrom(CRM_AUDIENCE_DRAFT)
                .where(isDraft(tenant, audience))
                .execute();
    }

    @Override
    public AudienceTally impact(AudienceQuestion question) {
        Session session = work.session();
        Table<?> x = changes(new AudienceTarget(session, sealing, question, RuleScope.ALL).changes());
        var come = DSL.count(when(condition(enters(x)), inline(1)));
        return session.dsl()
                .select(come, DSL.count().minus(come))
                .from(x)
                .fetchSingle(row -> new AudienceTally(row.value1(), row.value2()));
    }

    @Override
    public List<CustomerId> differing(
            AudienceQuestion question, boolean coming, @Nullable CustomerId after, int limit) {
        Session session = work.session();
        Table<?> x = changes(new AudienceTarget(session, sealing, question, RuleScope.between(after, null)).changes());
        return session.dsl()
                .select(AudienceTarget.id(x))
                .from(x)
                .where(coming ? condition(enters(x)) : not(condition(enters(x))))
                .orderBy(AudienceTarget.id(x))
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public Set<CustomerId> belonging(AudienceQuestion question, Collection<CustomerId> customers) {
        Session session = work.session();
        RuleScope scope = RuleScope.of(customers);
        Table<?> t = new AudienceTarget(session, sealing, question, scope).table();
        return new HashSet<>(session.dsl()
                .select(AudienceTarget.id(t))
                .from(t)
                .where(scope.holds(AudienceTarget.id(t)))
                .fetch(row -> CustomerId.of(row.value1())));
    }

    @Override
    public Map<CustomerId, AudienceFile> lockAll(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        return new AudienceFiles(session, tenant).of(RecordLock.locked(session, tenant, new HashSet<>(customers)));
    }

    @Override
    public Map<CustomerId, AudienceFile> held(TenantId tenant, Collection<CustomerId> customers) {
        return new AudienceHeld(work.session(), tenant).of(customers);
    }

    @Override
    public boolean apply(AudienceFileChange change) {
        Session session = work.session();
        AudienceFileChange.Booking booking = change.booking();
        if (booking != null
                && !JooqRequestStore.book(
                        session, change.tenant(), change.customer(), booking.key(), booking.booked())) {
            return false;
        }
        new AudienceFiles(session, change.tenant()).write(List.of(change));
        return true;
    }

    @Override
    public void applyAll(List<AudienceFileChange> changes) {
        if (!changes.isEmpty()) {
            new AudienceFiles(work.session(), changes.get(0).tenant()).write(changes);
        }
    }

    @Override
    public Optional<AudienceFile> find(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return new AudienceFiles(session, tenant)
                .of(RecordLock.standings(session, tenant, List.of(customer))).values().stream()
                        .findFirst();
    }

    @Override
    public List<CustomerId> members(
            TenantId tenant, String audience, @Nullable Instant at, @Nullable CustomerId after, int limit) {
        CrmAudienceStay m = CRM_AUDIENCE_STAY.as("m");
        CrmCustomer c = CRM_CUSTOMER.as("c");
        return work.session()
                .dsl()
                .select(m.CUSTOMER_ID)
                .from(m)
                .join(c)
                .on(c.TENANT_ID.eq(m.TENANT_ID))
                .and(c.CUSTOMER_ID.eq(m.CUSTOMER_ID))
                .where(isIn(m, tenant, audience, at))
                .and(JooqRuleStore.isActive(c, tenant))
                .and(after == null ? noCondition() : m.CUSTOMER_ID.gt(after.value()))
                .orderBy(m.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    private static Condition isIn(CrmAudienceStay m, TenantId tenant, String audience, @Nullable Instant at) {
        Condition its = m.TENANT_ID.eq(tenant.value()).and(m.AUDIENCE_KEY.eq(audience));
        if (at == null) {
            return its.and(m.UNTIL_MS.isNull());
        }
        long millis = at.toEpochMilli();
        return its.and(m.FROM_MS.le(millis)).and(m.UNTIL_MS.isNull().or(m.UNTIL_MS.gt(millis)));
    }

    @Override
    public long count(TenantId tenant, String audience, @Nullable Instant at) {
        CrmAudienceStay m = CRM_AUDIENCE_STAY.as("m");
        CrmCustomer c = CRM_CUSTOMER.as("c");
        return work.session()
                .dsl()
                .select(DSL.count())
                .from(m)
                .join(c)
                .on(c.TENANT_ID.eq(m.TENANT_ID))
                .and(c.CUSTOMER_ID.eq(m.CUSTOMER_ID))
                .where(isIn(m, tenant, audience, at))
                .and(JooqRuleStore.isActive(c, tenant))
                .fetchSingle(0, Long.class);
    }

    @Override
    public List<AudienceStay> stays(TenantId tenant, CustomerId customer, @Nullable AudienceStay after, int limit) {
        var s = CRM_AUDIENCE_STAY;
        Condition later = after == null
                ? noCondition()
                : s.AUDIENCE_KEY
                        .gt(after.audience())
                        .or(s.AUDIENCE_KEY.eq(after.audience()).and(s.STAY_NO.gt(after.number())));
        return work.session()
                .dsl()
                .selectFrom(s)
                .where(s.TENANT_ID.eq(tenant.value()))
                .and(s.CUSTOMER_ID.eq(customer.value()))
                .and(later)
                .orderBy(s.AUDIENCE_KEY, s.STAY_NO)
                .limit(limit)
                .fetch(AudienceFiles::stay);
    }

    /** {@inheritDoc} Two statements. */
    @Override
    public AudienceSnapshot freeze(TenantId tenant, AudienceSnapshot snapshot, RuleQuery rule) {
        Session session = work.session();
        var f = CRM_AUDIENCE_FROZEN;
        CrmCustomer c = CRM_CUSTOMER.as("c");
        RuleSelect select = new RuleSelect(tenant.value(), c, true)
                .require(
                        rule.rule().at(rule.asOf()).translate(new RuleSql(session.engine(), tenant, sealing, c, rule)));
        Field<Long> nobody = castNull(Long.class);
        long members = session.dsl()
                .insertInto(f, f.TENANT_ID, f.CUSTOMER_ID, f.SNAPSHOT_KEY, f.INHERITED_FROM)
                .select(select(val(tenant.value()), c.CUSTOMER_ID, val(snapshot.key()), nobody)
                        .from(select.from())
                        .where(JooqRuleStore.isActive(c, tenant))
                        .and(select.where()))
                .execute();
        var s = CRM_AUDIENCE_SNAPSHOT;
        session.dsl()
                .insertInto(s)
                .set(s.TENANT_ID, tenant.value())
                .set(s.SNAPSHOT_KEY, snapshot.key())
                .set(s.RULE_JSON, snapshot.rule().toJson())
                .set(s.AT_MS, snapshot.at().toEpochMilli())
                .set(s.MEMBERS, members)
                .execute();
        return snapshot.of(members);
    }

    @Override
    public List<AudienceSnapshot> snapshots(TenantId tenant) {
        var s = CRM_AUDIENCE_SNAPSHOT;
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(s)
                        .where(s.TENANT_ID.eq(tenant.value()))
                        .orderBy(s.SNAPSHOT_KEY))
                .map(row -> new AudienceSnapshot(
                        row.get(s.SNAPSHOT_KEY),
                        Rule.parse(row.get(s.RULE_JSON)),
                        Instant.ofEpochMilli(row.get(s.AT_MS)),
                        row.get(s.MEMBERS)));
    }

    @Override
    public List<CustomerId> frozen(TenantId tenant, String snapshot, @Nullable CustomerId after, int limit) {
        var f = CRM_AUDIENCE_FROZEN.as("f");
        CrmCustomer c = CRM_CUSTOMER.as("c");
        return work.session()
                .dsl()
                .select(f.CUSTOMER_ID)
                .from(f)
                .join(c)
                .on(c.TENANT_ID.eq(f.TENANT_ID))
                .and(c.CUSTOMER_ID.eq(f.CUSTOMER_ID))
                .where(f.TENANT_ID.eq(tenant.value()))
                .and(f.SNAPSHOT_KEY.eq(snapshot))
                .and(JooqRuleStore.isActive(c, tenant))
                .and(after == null ? noCondition() : f.CUSTOMER_ID.gt(after.value()))
                .orderBy(f.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public void thaw(TenantId tenant, String snapshot) {
        var f = CRM_AUDIENCE_FROZEN;
        var s = CRM_AUDIENCE_SNAPSHOT;
        var dsl = work.session().dsl();
        dsl.deleteFrom(f)
                .where(f.TENANT_ID.eq(tenant.value()))
                .and(f.SNAPSHOT_KEY.eq(snapshot))
                .execute();
        dsl.deleteFrom(s)
                .where(s.TENANT_ID.eq(tenant.value()))
                .and(s.SNAPSHOT_KEY.eq(snapshot))
                .execute();
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        return new AudienceFiles(work.session(), tenant).remove(customer, limit);
    }
}
