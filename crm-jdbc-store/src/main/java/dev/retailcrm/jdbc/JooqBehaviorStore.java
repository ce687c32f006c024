package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.row;

import com.google.common.collect.Iterables;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.ExpiryProgress;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.Retention;
import dev.retailcrm.core.behavior.TimelinePosition;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.VisitorFile;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Events in {@code crm_behavior}, their types in {@code crm_behavior_type}, visitors in {@code crm_visitor}. Thread-safe. */
final class JooqBehaviorStore implements BehaviorStore {
    /** The most ids of one delete. */
    private static final int IDS = 500;

    private final JdbcUnitOfWork work;
    private final BehaviorWriter writer;

    JooqBehaviorStore(JdbcUnitOfWork work, Settings settings) {
        this.work = work;
        this.writer = BehaviorWriter.on(settings);
    }

    private BehaviorTypes types(TenantId tenant) {
        return new BehaviorTypes(work.session(), tenant);
    }

    private Visitors visitors(TenantId tenant) {
        return new Visitors(work.session(), tenant);
    }

    @Override
    public Map<String, BehaviorType> types(TenantId tenant, Collection<String> names) {
        Map<String, BehaviorType> found = new HashMap<>();
        types(tenant).named(names).forEach(type -> found.put(type.name(), type));
        return found;
    }

    @Override
    public List<BehaviorType> types(TenantId tenant, @Nullable String after, int limit) {
        return types(tenant).after(after, limit);
    }

    @Override
    public List<BehaviorType> expiring(TenantId tenant) {
        return types(tenant).expiring();
    }

    @Override
    public Optional<BehaviorType> version(TenantId tenant, String name, int version) {
        return types(tenant).version(name, version);
    }

    @Override
    public boolean define(TenantId tenant, BehaviorType type) {
        return types(tenant).define(type);
    }

    @Override
    public Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers) {
        return RecordLock.standings(work.session(), tenant, customers);
    }

    @Override
    public Map<CustomerId, Standing> hold(TenantId tenant, Collection<CustomerId> customers) {
        return RecordLock.held(work.session(), tenant, customers);
    }

    @Override
    public Map<String, VisitorFile> open(TenantId tenant, Map<String, CustomerId> proposed) {
        return visitors(tenant).open(proposed);
    }

    @Override
    public Optional<VisitorFile> visitor(TenantId tenant, String hash) {
        return visitors(tenant).find(hash);
    }

    @Override
    public boolean link(TenantId tenant, String hash, VisitorFile after, RequestKey key, Booked booked) {
        if (!JooqRequestStore.book(work.session(), tenant, after.id(), key, booked)) {
            return false;
        }
        visitors(tenant).link(hash, after);
        return true;
    }

    @Override
    public List<String> visitors(TenantId tenant, CustomerId customer, int limit) {
        return visitors(tenant).of(customer, limit);
    }

    @Override
    public void unlink(TenantId tenant, String hash, VisitorFile after, CustomerId customer) {
        visitors(tenant).unlink(hash, after, customer);
    }

    @Override
    public Map<RecordedEvent, Long> record(TenantId tenant, List<RecordedEvent> events) {
        return events.isEmpty() ? Map.of() : writer.record(work.session(), tenant, events);
    }

    @Override
    public Map<RecordedEvent, Long> kept(TenantId tenant, List<RecordedEvent> events) {
        return events.isEmpty() ? Map.of() : writer.kept(work.session(), tenant, events);
    }

    @Override
    public List<RecordedEvent> timeline(
            TenantId tenant,
            TimelineQuery query,
            List<Retention> retentions,
            @Nullable TimelinePosition before,
            int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_BEHAVIOR)
                        .where(isOf(tenant, query.owner()))
                        .and(query.type() == null ? noCondition() : CRM_BEHAVIOR.TYPE.eq(query.type()))
                        .and(query.from() == null ? noCondition() : CRM_BEHAVIOR.OCCURRED_MS.ge(millis(query.from())))
                        .and(query.to() == null ? noCondition() : CRM_BEHAVIOR.OCCURRED_MS.lt(millis(query.to())))
                        .and(isKept(retentions))
                        .and(before == null ? noCondition() : isBefore(before))
                        .orderBy(
                                CRM_BEHAVIOR.OCCURRED_MS.desc(),
                                CRM_BEHAVIOR.SOURCE.desc(),
                                CRM_BEHAVIOR.EVENT_ID.desc())
                        .limit(limit))
                .map(BehaviorRows::event);
    }

    private static Condition isBefore(TimelinePosition position) {
        long millis = millis(position.occurredAt());
        return CRM_BEHAVIOR
                .OCCURRED_MS
                .le(millis)
                .and(CRM_BEHAVIOR
                        .OCCURRED_MS
                        .lt(millis)
                        .or(row(CRM_BEHAVIOR.SOURCE, CRM_BEHAVIOR.EVENT_ID)
                                .lt(position.id().source(), position.id().value())));
    }

    @Override
    public List<BehaviorStatistics> statistics(TenantId tenant, CustomerId owner, List<Retention> retentions) {
        return work.session()
                .dsl()
                .select(CRM_BEHAVIOR.TYPE, count(), min(CRM_BEHAVIOR.OCCURRED_MS), max(CRM_BEHAVIOR.OCCURRED_MS))
                .from(CRM_BEHAVIOR)
                .where(isOf(tenant, owner))
                .and(isKept(retentions))
                .groupBy(CRM_BEHAVIOR.TYPE)
                .orderBy(CRM_BEHAVIOR.TYPE)
                .fetch(row -> new BehaviorStatistics(
                        row.value1(),
                        row.value2(),
                        Instant.ofEpochMilli(row.value3()),
                        Instant.ofEpochMilli(row.value4())));
    }

    @Override
    public void remove(TenantId tenant, CustomerId owner, Collection<BehaviorId> ids) {
        for (List<BehaviorId> part : Iterables.partition(ids, IDS)) {
            work.session()
                    .dsl()
                    .deleteFrom(CRM_BEHAVIOR)
                    .where(row(
                                    CRM_BEHAVIOR.TENANT_ID,
                                    CRM_BEHAVIOR.CUSTOMER_ID,
                                    CRM_BEHAVIOR.SOURCE,
                                    CRM_BEHAVIOR.EVENT_ID)
                            .in(part.stream()
                                    .map(id -> row(tenant.value(), owner.value(), id.source(), id.value()))
                                    .toList()))
                    .execute();
        }
    }

    @Override
    public ExpiryProgress expire(TenantId tenant, List<Retention> retentions, @Nullable CustomerId after, int limit) {
        List<Long> owners = work.session()
                .dsl()
                .selectDistinct(CRM_BEHAVIOR.CUSTOMER_ID)
                .from(CRM_BEHAVIOR)
                .where(CRM_BEHAVIOR.TENANT_ID.eq(tenant.value()))
                .and(after == null ? noCondition() : CRM_BEHAVIOR.CUSTOMER_ID.gt(after.value()))
                .orderBy(CRM_BEHAVIOR.CUSTOMER_ID)
                .limit(limit)
                .fetch(CRM_BEHAVIOR.CUSTOMER_ID);
        if (owners.isEmpty()) {
            return new ExpiryProgress(0, null);
        }
        long last = owners.get(owners.size() - 1);
        int deleted = work.session()
                .dsl()
                .deleteFrom(CRM_BEHAVIOR)
                .where(CRM_BEHAVIOR.TENANT_ID.eq(tenant.value()))
                .and(CRM_BEHAVIOR.CUSTOMER_ID.between(owners.get(0), last))
                .and(isPast(retentions))
                .execute();
        return new ExpiryProgress(deleted, owners.size() < limit ? null : CustomerId.of(last));
    }

    @Override
    public int move(TenantId tenant, CustomerId from, CustomerId to) {
        return new BehaviorMoves(work.session(), tenant).move(from, to);
    }

    @Override
    public int moveBack(TenantId tenant, CustomerId from, CustomerId to) {
        return new BehaviorMoves(work.session(), tenant).moveBack(from, to);
    }

    @Override
    public Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> owners) {
        Map<CustomerId, Instant> latest = new HashMap<>();
        work.session()
                .dsl()
                .select(CRM_BEHAVIOR.CUSTOMER_ID, max(CRM_BEHAVIOR.OCCURRED_MS))
                .from(CRM_BEHAVIOR)
                .where(CRM_BEHAVIOR.TENANT_ID.eq(tenant.value()))
                .and(CRM_BEHAVIOR.CUSTOMER_ID.in(Column.ids(owners)))
                .groupBy(CRM_BEHAVIOR.CUSTOMER_ID)
                .forEach(row -> latest.put(CustomerId.of(row.value1()), Instant.ofEpochMilli(row.value2())));
        return latest;
    }

    private static Condition isKept(List<Retention> retentions) {
        return retentions.isEmpty() ? noCondition() : not(isPast(retentions));
    }

    private static Condition isPast(List<Retention> retentions) {
        return or(retentions.stream()
                .map(it -> and(CRM_BEHAVIOR.TYPE.eq(it.type()), CRM_BEHAVIOR.OCCURRED_MS.lt(millis(it.before()))))
                .toList());
    }

    private static Condition isOf(TenantId tenant, CustomerId owner) {
        return CRM_BEHAVIOR.TENANT_ID.eq(tenant.value()).and(CRM_BEHAVIOR.CUSTOMER_ID.eq(owner.value()));
    }

    private static long millis(Instant instant) {
        return instant.toEpochMilli();
    }
}
