package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_LIFECYCLE;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.lifecycle.LifecycleStage;
import dev.retailcrm.core.lifecycle.StageStep;
import dev.retailcrm.core.spi.StageChange;
import dev.retailcrm.core.spi.StageSnapshot;
import dev.retailcrm.core.spi.StageStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;

/** Stages in {@code crm_lifecycle}, whose rows are their locks. Thread-safe. */
final class JooqStageStore implements StageStore {
    private static final List<Field<Long>> STEPS =
            List.of(CRM_LIFECYCLE.DUE_MS, CRM_LIFECYCLE.SECOND_MS, CRM_LIFECYCLE.THIRD_MS);
    private static final List<Field<String>> STEP_STAGES =
            List.of(CRM_LIFECYCLE.DUE_STAGE, CRM_LIFECYCLE.SECOND_STAGE, CRM_LIFECYCLE.THIRD_STAGE);

    private final JdbcUnitOfWork work;

    JooqStageStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<StageSnapshot> find(TenantId tenant, CustomerId customer) {
        return work.session()
                .dsl()
                .selectFrom(CRM_LIFECYCLE)
                .where(CRM_LIFECYCLE.TENANT_ID.eq(tenant.value()))
                .and(CRM_LIFECYCLE.CUSTOMER_ID.eq(customer.value()))
                .fetchOptional(row -> snapshot(tenant, row));
    }

    @Override
    public Map<CustomerId, StageSnapshot> lock(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, StageSnapshot> found = new LinkedHashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        Session session = work.session();
        session.markLocking();
        session.dsl()
                .selectFrom(CRM_LIFECYCLE)
                .where(CRM_LIFECYCLE.TENANT_ID.eq(tenant.value()))
                .and(among(customers))
                .orderBy(CRM_LIFECYCLE.CUSTOMER_ID)
                .forUpdate()
                .forEach(row -> {
                    StageSnapshot stage = snapshot(tenant, row);
                    found.put(stage.customer(), stage);
                });
        return found;
    }

    private static Condition among(Collection<CustomerId> customers) {
        List<Long> ids = customers.stream().map(CustomerId::value).toList();
        return ids.size() == 1 ? CRM_LIFECYCLE.CUSTOMER_ID.eq(ids.get(0)) : CRM_LIFECYCLE.CUSTOMER_ID.in(ids);
    }

    @Override
    public void applyAll(List<StageChange> changes) {
        Session session = work.session();
        List<StageSnapshot> first = new ArrayList<>();
        List<StageSnapshot> later = new ArrayList<>();
        List<EventEnvelope> events = new ArrayList<>();
        for (StageChange change : changes) {
            (change.isFirst() ? first : later).add(change.after());
            events.addAll(change.events());
        }
        session.each(insert(session.dsl()), first, (statement, stage) -> key(row(new Bind(statement), stage), stage));
        session.each(update(session.dsl()), later, (statement, stage) -> key(row(new Bind(statement), stage), stage));
        JooqOutboxStore.appendAll(session, events);
    }

    private static String insert(DSLContext dsl) {
        return dsl.insertInto(CRM_LIFECYCLE)
                .columns(
                        CRM_LIFECYCLE.STAGE,
                        CRM_LIFECYCLE.SINCE_MS,
                        CRM_LIFECYCLE.EVENT_SEQ,
                        CRM_LIFECYCLE.DUE_MS,
                        CRM_LIFECYCLE.DUE_STAGE,
                        CRM_LIFECYCLE.SECOND_MS,
                        CRM_LIFECYCLE.SECOND_STAGE,
                        CRM_LIFECYCLE.THIRD_MS,
                        CRM_LIFECYCLE.THIRD_STAGE,
                        CRM_LIFECYCLE.TENANT_ID,
                        CRM_LIFECYCLE.CUSTOMER_ID)
                .values("", 0L, 0L, 0L, "", 0L, "", 0L, "", "", 0L)
                .getSQL();
    }

    private static String update(DSLContext dsl) {
        return dsl.update(CRM_LIFECYCLE)
                .set(CRM_LIFECYCLE.STAGE, "")
                .set(CRM_LIFECYCLE.SINCE_MS, 0L)
                .set(CRM_LIFECYCLE.EVENT_SEQ, 0L)
                .set(CRM_LIFECYCLE.DUE_MS, 0L)
                .set(CRM_LIFECYCLE.DUE_STAGE, "")
                .set(CRM_LIFECYCLE.SECOND_MS, 0L)
                .set(CRM_LIFECYCLE.SECOND_STAGE, "")
                .set(CRM_LIFECYCLE.THIRD_MS, 0L)
                .set(CRM_LIFECYCLE.THIRD_STAGE, "")
                .where(CRM_LIFECYCLE.TENANT_ID.eq(""))
                .and(CRM_LIFECYCLE.CUSTOMER_ID.eq(0L))
                .getSQL();
    }

    private static Bind row(Bind bind, StageSnapshot stage) throws SQLException {
        bind.text(stage.stage().name()).number(stage.since().toEpochMilli()).number(stage.eventSeq());
        for (int i = 0; i < StageSnapshot.MAX_STEPS; i++) {
            StageStep step = i < stage.steps().size() ? stage.steps().get(i) : null;
            bind.instant(step == null ? null : step.at())
                    .text(step == null ? null : step.stage().name());
        }
        return bind;
    }

    private static void key(Bind bind, StageSnapshot stage) throws SQLException {
        bind.text(stage.tenant().value()).number(stage.customer().value());
    }

    @Override
    public List<CustomerId> due(TenantId tenant, Instant at, int limit) {
        return work.session()
                .dsl()
                .select(CRM_LIFECYCLE.CUSTOMER_ID)
                .from(CRM_LIFECYCLE)
                .where(CRM_LIFECYCLE.TENANT_ID.eq(tenant.value()))
                .and(CRM_LIFECYCLE.DUE_MS.le(at.toEpochMilli()))
                .orderBy(CRM_LIFECYCLE.DUE_MS, CRM_LIFECYCLE.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    static StageSnapshot snapshot(TenantId tenant, Record row) {
        List<StageStep> steps = new ArrayList<>(StageSnapshot.MAX_STEPS);
        for (int i = 0; i < StageSnapshot.MAX_STEPS; i++) {
            Long at = row.get(STEPS.get(i));
            if (at != null) {
                steps.add(new StageStep(Instant.ofEpochMilli(at), LifecycleStage.valueOf(row.get(STEP_STAGES.get(i)))));
            }
        }
        return new StageSnapshot(
                tenant,
                CustomerId.of(row.get(CRM_LIFECYCLE.CUSTOMER_ID)),
                LifecycleStage.valueOf(row.get(CRM_LIFECYCLE.STAGE)),
                Instant.ofEpochMilli(row.get(CRM_LIFECYCLE.SINCE_MS)),
                steps,
                row.get(CRM_LIFECYCLE.EVENT_SEQ));
    }
}
