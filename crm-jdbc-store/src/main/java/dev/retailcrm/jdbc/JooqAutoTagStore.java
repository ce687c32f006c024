package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_DUE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_RUN;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.AutoTagRun;
import dev.retailcrm.tags.spi.AutoTagStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;

/** What is due of automatic tags, in {@code crm_tag_due} and {@code crm_tag_run}. Thread-safe. */
final class JooqAutoTagStore implements AutoTagStore {
    private static final int IN_A_STATEMENT = 1_000;

    private final JdbcUnitOfWork work;

    JooqAutoTagStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public void hold(TenantId tenant, Collection<CustomerId> customers) {
        RecordLock.locked(work.session(), tenant, Set.copyOf(customers));
    }

    @Override
    public Map<CustomerId, Instant> due(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        if (!customers.isEmpty()) {
            work.session()
                    .dsl()
                    .select(CRM_TAG_DUE.CUSTOMER_ID, CRM_TAG_DUE.DUE_MS)
                    .from(CRM_TAG_DUE)
                    .where(among(tenant, customers))
                    .forEach(row -> found.put(CustomerId.of(row.value1()), Instant.ofEpochMilli(row.value2())));
        }
        return found;
    }

    private static Condition among(TenantId tenant, Collection<CustomerId> customers) {
        List<Long> ids = Column.ids(customers);
        return CRM_TAG_DUE
                .TENANT_ID
                .eq(tenant.value())
                .and(ids.size() == 1 ? CRM_TAG_DUE.CUSTOMER_ID.eq(ids.get(0)) : CRM_TAG_DUE.CUSTOMER_ID.in(ids));
    }

    @Override
    public void schedule(TenantId tenant, Map<CustomerId, Instant> due) {
        Session session = work.session();
        session.each(
                schedule(session.engine()),
                List.copyOf(new TreeMap<>(due).entrySet()),
                (statement, it) -> new Bind(statement)
                        .text(tenant.value())
                        .number(it.getKey().value())
                        .number(it.getValue().toEpochMilli()));
    }

    private static String schedule(Engine engine) {
        String row = "crm_tag_due (tenant_id, customer_id, due_ms)";
        return switch (engine) {
            case POSTGRESQL ->
                "INSERT INTO " + row
                        + " VALUES (?, ?, ?) ON CONFLICT (tenant_id, customer_id) DO UPDATE SET due_ms = excluded.due_ms";
            case MARIADB -> "INSERT INTO " + row + " VALUES (?, ?, ?) ON DUPLICATE KEY UPDATE due_ms = VALUES(due_ms)";
            case H2 -> "MERGE INTO " + row + " KEY (tenant_id, customer_id) VALUES (?, ?, ?)";
        };
    }

    @Override
    public int unschedule(TenantId tenant, Set<CustomerId> customers) {
        int deleted = 0;
        for (List<CustomerId> some : Lists.partition(List.copyOf(customers), IN_A_STATEMENT)) {
            deleted += work.session()
                    .dsl()
                    .deleteFrom(CRM_TAG_DUE)
                    .where(among(tenant, some))
                    .execute();
        }
        return deleted;
    }

    @Override
    public List<CustomerId> overdue(TenantId tenant, Instant at, int limit) {
        return work.session()
                .dsl()
                .select(CRM_TAG_DUE.CUSTOMER_ID)
                .from(CRM_TAG_DUE)
                .where(CRM_TAG_DUE.TENANT_ID.eq(tenant.value()))
                .and(CRM_TAG_DUE.DUE_MS.le(at.toEpochMilli()))
                .orderBy(CRM_TAG_DUE.DUE_MS, CRM_TAG_DUE.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public List<AutoTagRun> runs(TenantId tenant) {
        return work.session()
                .dsl()
                .selectFrom(CRM_TAG_RUN)
                .where(CRM_TAG_RUN.TENANT_ID.eq(tenant.value()))
                .orderBy(CRM_TAG_RUN.STARTED_MS, CRM_TAG_RUN.ITEM_KEY)
                .fetch(JooqAutoTagStore::run);
    }

    @Override
    public Optional<AutoTagRun> lockRun(TenantId tenant, String key) {
        Session session = work.session();
        var found = session.dsl()
                .selectFrom(CRM_TAG_RUN)
                .where(isRun(tenant, key))
                .forUpdate()
                .fetchOptional(JooqAutoTagStore::run);
        session.markLocking();
        return found;
    }

    private static AutoTagRun run(Record row) {
        return new AutoTagRun(
                row.get(CRM_TAG_RUN.ITEM_KEY),
                row.get(CRM_TAG_RUN.VERSION),
                Column.customer(row.get(CRM_TAG_RUN.PLACE)),
                Instant.ofEpochMilli(row.get(CRM_TAG_RUN.STARTED_MS)));
    }

    /** {@inheritDoc} Whoever writes one holds the definitions or the run, so there is no other meanwhile. */
    @Override
    public void write(TenantId tenant, AutoTagRun run) {
        DSLContext dsl = work.session().dsl();
        Long place = run.place() == null ? null : run.place().value();
        int updated = dsl.update(CRM_TAG_RUN)
                .set(CRM_TAG_RUN.VERSION, run.version())
                .set(CRM_TAG_RUN.PLACE, place)
                .set(CRM_TAG_RUN.STARTED_MS, run.startedAt().toEpochMilli())
                .where(isRun(tenant, run.key()))
                .execute();
        if (updated == 0) {
            dsl.insertInto(CRM_TAG_RUN)
                    .set(CRM_TAG_RUN.TENANT_ID, tenant.value())
                    .set(CRM_TAG_RUN.ITEM_KEY, run.key())
                    .set(CRM_TAG_RUN.VERSION, run.version())
                    .set(CRM_TAG_RUN.PLACE, place)
                    .set(CRM_TAG_RUN.STARTED_MS, run.startedAt().toEpochMilli())
                    .execute();
        }
    }

    @Override
    public void end(TenantId tenant, String key) {
        work.session().dsl().deleteFrom(CRM_TAG_RUN).where(isRun(tenant, key)).execute();
    }

    private static Condition isRun(TenantId tenant, String key) {
        return CRM_TAG_RUN.TENANT_ID.eq(tenant.value()).and(CRM_TAG_RUN.ITEM_KEY.eq(key));
    }
}
