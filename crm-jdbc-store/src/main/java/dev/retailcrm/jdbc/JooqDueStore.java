package dev.retailcrm.jdbc;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.RuleRun;
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
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** What is due of rules, in two tables of a kind, such as {@code crm_tag_due} and {@code crm_tag_run}. Thread-safe. */
final class JooqDueStore implements DueStore {
    private static final int IN_A_STATEMENT = 1_000;

    private final JdbcUnitOfWork work;
    private final String name;
    private final Due due;
    private final Run run;

    /** Columns of the table of customers. */
    private record Due(Table<Record> table, Field<String> tenant, Field<Long> customer, Field<Long> at) {
        static Due of(String name) {
            return new Due(
                    DSL.table(DSL.name(name)),
                    DSL.field(DSL.name(name, "tenant_id"), String.class),
                    DSL.field(DSL.name(name, "customer_id"), Long.class),
                    DSL.field(DSL.name(name, "due_ms"), Long.class));
        }
    }

    /** Columns of the table of rules. */
    private record Run(
            Table<Record> table,
            Field<String> tenant,
            Field<String> key,
            Field<Long> version,
            Field<Long> place,
            Field<Long> started) {
        static Run of(String name) {
            return new Run(
                    DSL.table(DSL.name(name)),
                    DSL.field(DSL.name(name, "tenant_id"), String.class),
                    DSL.field(DSL.name(name, "item_key"), String.class),
                    DSL.field(DSL.name(name, "version"), Long.class),
                    DSL.field(DSL.name(name, "place"), Long.class),
                    DSL.field(DSL.name(name, "started_ms"), Long.class));
        }
    }

    private JooqDueStore(JdbcUnitOfWork work, String due, String run) {
        this.work = work;
        this.name = due;
        this.due = Due.of(due);
        this.run = Run.of(run);
    }

    /** Of automatic tags. */
    static JooqDueStore ofTags(JdbcUnitOfWork work) {
        return new JooqDueStore(work, "crm_tag_due", "crm_tag_run");
    }

    /** Of audiences. */
    static JooqDueStore ofAudiences(JdbcUnitOfWork work) {
        return new JooqDueStore(work, "crm_audience_due", "crm_audience_run");
    }

    @Override
    public void hold(TenantId tenant, Collection<CustomerId> customers) {
        RecordLock.locked(work.session(), tenant, Set.copyOf(customers));
    }

    @Override
    public Map<CustomerId, Instant> due(TenantId tenant, Collection<CustomerId> customers) {
        Map<CustomerId, Instant> found = new HashMap<>();
        if (!customers.isEmpty()) {
            Session session = work.session();
            var ids = new IdList(session.engine(), customers);
            session.query(
                    "SELECT customer_id, due_ms FROM " + name + " WHERE tenant_id = ? AND customer_id " + ids.in(),
                    statement -> ids.bind(new Bind(statement).text(tenant.value())),
                    row -> found.put(CustomerId.of(row.getLong(1)), Instant.ofEpochMilli(row.getLong(2))));
        }
        return found;
    }

    private Condition among(TenantId tenant, Collection<CustomerId> customers) {
        List<Long> ids = Column.ids(customers);
        return due.tenant()
                .eq(tenant.value())
                .and(
                        ids.size() == 1
                                ? due.customer().eq(ids.get(0))
                                : due.customer().in(ids));
    }

    @Override
    public void schedule(TenantId tenant, Map<CustomerId, Instant> dues) {
        Session session = work.session();
        session.each(
                schedule(session.engine()),
                List.copyOf(new TreeMap<>(dues).entrySet()),
                (statement, it) -> new Bind(statement)
                        .text(tenant.value())
                        .number(it.getKey().value())
                        .number(it.getValue().toEpochMilli()));
    }

    private String schedule(Engine engine) {
        String row = name + " (tenant_id, customer_id, due_ms)";
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
                    .deleteFrom(due.table())
                    .where(among(tenant, some))
                    .execute();
        }
        return deleted;
    }

    @Override
    public List<CustomerId> overdue(TenantId tenant, Instant at, int limit) {
        return work.session()
                .dsl()
                .select(due.customer())
                .from(due.table())
                .where(due.tenant().eq(tenant.value()))
                .and(due.at().le(at.toEpochMilli()))
                .orderBy(due.at(), due.customer())
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public List<RuleRun> runs(TenantId tenant) {
        return work.session()
                .dsl()
                .select(run.key(), run.version(), run.place(), run.started())
                .from(run.table())
                .where(run.tenant().eq(tenant.value()))
                .orderBy(run.started(), run.key())
                .fetch(this::read);
    }

    @Override
    public Optional<RuleRun> lockRun(TenantId tenant, String key) {
        Session session = work.session();
        var found = session.dsl()
                .select(run.key(), run.version(), run.place(), run.started())
                .from(run.table())
                .where(isRun(tenant, key))
                .forUpdate()
                .fetchOptional(this::read);
        session.markLocking();
        return found;
    }

    private RuleRun read(Record row) {
        return new RuleRun(
                row.get(run.key()),
                row.get(run.version()),
                Column.customer(row.get(run.place())),
                Instant.ofEpochMilli(row.get(run.started())));
    }

    /** {@inheritDoc} Whoever writes one holds the definitions or the run, so there is no other meanwhile. */
    @Override
    public void write(TenantId tenant, RuleRun written) {
        DSLContext dsl = work.session().dsl();
        Long place = written.place() == null ? null : written.place().value();
        int updated = dsl.update(run.table())
                .set(run.version(), written.version())
                .set(run.place(), place)
                .set(run.started(), written.startedAt().toEpochMilli())
                .where(isRun(tenant, written.key()))
                .execute();
        if (updated == 0) {
            dsl.insertInto(run.table())
                    .set(run.tenant(), tenant.value())
                    .set(run.key(), written.key())
                    .set(run.version(), written.version())
                    .set(run.place(), place)
                    .set(run.started(), written.startedAt().toEpochMilli())
                    .execute();
        }
    }

    @Override
    public void end(TenantId tenant, String key) {
        work.session().dsl().deleteFrom(run.table()).where(isRun(tenant, key)).execute();
    }

    private Condition isRun(TenantId tenant, String key) {
        return run.tenant().eq(tenant.value()).and(run.key().eq(key));
    }
}
