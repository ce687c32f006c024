package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_BATCH;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_BATCH_OUTCOME;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TAG_ENTRY;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.jdbc.schema.tables.CrmTagEntry;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagOutcome;
import dev.retailcrm.tags.TagText;
import dev.retailcrm.tags.spi.TagBatchStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectConditionStep;
import org.jspecify.annotations.Nullable;

/** Batches of tags in {@code crm_tag_batch} and {@code crm_tag_batch_outcome}. Thread-safe. */
final class JooqTagBatchStore implements TagBatchStore {
    private final JdbcUnitOfWork work;

    JooqTagBatchStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<TagBatchProgress> find(TenantId tenant, String batch) {
        return row(work.session(), tenant, batch).fetchOptional(JooqTagBatchStore::progress);
    }

    @Override
    public Optional<TagBatchProgress> lock(TenantId tenant, String batch) {
        Session session = work.session();
        var found = row(session, tenant, batch).forUpdate().fetchOptional(JooqTagBatchStore::progress);
        session.markLocking();
        return found;
    }

    private static SelectConditionStep<Record> row(Session session, TenantId tenant, String batch) {
        return session.dsl().select(CRM_TAG_BATCH.fields()).from(CRM_TAG_BATCH).where(is(tenant, batch));
    }

    private static Condition is(TenantId tenant, String batch) {
        return CRM_TAG_BATCH.TENANT_ID.eq(tenant.value()).and(CRM_TAG_BATCH.BATCH_ID.eq(batch));
    }

    @Override
    public boolean open(TenantId tenant, TagBatchProgress batch) {
        Session session = work.session();
        var insert = session.dsl().insertQuery(CRM_TAG_BATCH);
        insert.addValue(CRM_TAG_BATCH.TENANT_ID, tenant.value());
        insert.addValue(CRM_TAG_BATCH.BATCH_ID, batch.batch().id());
        insert.addValue(CRM_TAG_BATCH.CONTENT, TagText.of(batch.batch().patch()));
        insert.addValue(CRM_TAG_BATCH.STARTED_MS, batch.startedAt().toEpochMilli());
        insert.addValues(columns(batch));
        return Inserts.unlessPresent(session, insert) == 1;
    }

    /** The columns that change as it goes on. */
    private static Map<Field<?>, @Nullable Object> columns(TagBatchProgress batch) {
        return new NewRow()
                .put(CRM_TAG_BATCH.STATE, batch.state().name())
                .put(CRM_TAG_BATCH.PLACE, batch.place())
                .put(CRM_TAG_BATCH.UNDO_PLACE, batch.undonePlace())
                .put(CRM_TAG_BATCH.CHANGED, batch.changed())
                .put(CRM_TAG_BATCH.UNCHANGED, batch.unchanged())
                .put(CRM_TAG_BATCH.REFUSED, batch.refused())
                .put(CRM_TAG_BATCH.UNDONE, batch.undone())
                .put(CRM_TAG_BATCH.ENDED_MS, Column.millis(batch.endedAt()))
                .map();
    }

    private static TagBatchProgress progress(Record row) {
        Long ended = row.get(CRM_TAG_BATCH.ENDED_MS);
        return new TagBatchProgress(
                new TagBatch(row.get(CRM_TAG_BATCH.BATCH_ID), TagText.patch(row.get(CRM_TAG_BATCH.CONTENT))),
                TagBatchProgress.State.valueOf(row.get(CRM_TAG_BATCH.STATE)),
                row.get(CRM_TAG_BATCH.PLACE),
                row.get(CRM_TAG_BATCH.UNDO_PLACE),
                row.get(CRM_TAG_BATCH.CHANGED),
                row.get(CRM_TAG_BATCH.UNCHANGED),
                row.get(CRM_TAG_BATCH.REFUSED),
                row.get(CRM_TAG_BATCH.UNDONE),
                Instant.ofEpochMilli(row.get(CRM_TAG_BATCH.STARTED_MS)),
                ended == null ? null : Instant.ofEpochMilli(ended));
    }

    @Override
    public void write(TenantId tenant, TagBatchProgress batch, List<TagOutcome> outcomes) {
        Session session = work.session();
        session.dsl()
                .update(CRM_TAG_BATCH)
                .set(columns(batch))
                .where(is(tenant, batch.batch().id()))
                .execute();
        if (!outcomes.isEmpty()) {
            Set<CustomerId> told = new HashSet<>(known(
                    tenant,
                    batch.batch().id(),
                    outcomes.stream().map(TagOutcome::customer).toList()));
            List<NewRow> rows = new ArrayList<>();
            for (TagOutcome outcome : outcomes) {
                if (told.add(outcome.customer())) {
                    rows.add(row(tenant, batch.batch().id(), outcome));
                }
            }
            new BulkInsert(session, CRM_TAG_BATCH_OUTCOME).all(rows);
        }
    }

    private static NewRow row(TenantId tenant, String batch, TagOutcome outcome) {
        return new NewRow()
                .put(CRM_TAG_BATCH_OUTCOME.TENANT_ID, tenant.value())
                .put(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID, outcome.customer().value())
                .put(CRM_TAG_BATCH_OUTCOME.BATCH_ID, batch)
                .put(
                        CRM_TAG_BATCH_OUTCOME.OUTCOME,
                        outcome.code() == null ? outcome.kind().name() : outcome.code());
    }

    @Override
    public Set<CustomerId> known(TenantId tenant, String batch, Collection<CustomerId> customers) {
        Session session = work.session();
        Set<CustomerId> known = new HashSet<>();
        if (customers.isEmpty()) {
            return known;
        }
        List<Long> ids = Column.ids(customers);
        session.fetchFresh(session.dsl()
                        .select(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID)
                        .from(CRM_TAG_BATCH_OUTCOME)
                        .where(outcome(tenant, batch))
                        .and(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID.in(ids)))
                .forEach(row -> known.add(CustomerId.of(row.value1())));
        session.fetchFresh(session.dsl()
                        .select(CRM_TAG_ENTRY.CUSTOMER_ID)
                        .from(CRM_TAG_ENTRY)
                        .where(entry(tenant, batch))
                        .and(CRM_TAG_ENTRY.CUSTOMER_ID.in(ids)))
                .forEach(row -> known.add(CustomerId.of(row.value1())));
        return known;
    }

    private static Condition outcome(TenantId tenant, String batch) {
        return CRM_TAG_BATCH_OUTCOME.TENANT_ID.eq(tenant.value()).and(CRM_TAG_BATCH_OUTCOME.BATCH_ID.eq(batch));
    }

    private static Condition entry(TenantId tenant, String batch) {
        return CRM_TAG_ENTRY.TENANT_ID.eq(tenant.value()).and(CRM_TAG_ENTRY.BATCH_ID.eq(batch));
    }

    @Override
    public List<TagOutcome> outcomes(TenantId tenant, String batch, @Nullable CustomerId after, int limit) {
        List<TagOutcome> all = new ArrayList<>();
        changed(tenant, batch, after, limit).forEach(it -> all.add(new TagOutcome(it, TagOutcome.Kind.CHANGED, null)));
        work.session()
                .dsl()
                .select(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID, CRM_TAG_BATCH_OUTCOME.OUTCOME)
                .from(CRM_TAG_BATCH_OUTCOME)
                .where(outcome(tenant, batch))
                .and(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_TAG_BATCH_OUTCOME.CUSTOMER_ID)
                .limit(limit)
                .forEach(row -> all.add(outcome(CustomerId.of(row.value1()), row.value2())));
        all.sort(Comparator.comparing(TagOutcome::customer));
        return all.subList(0, Math.min(limit, all.size()));
    }

    private static TagOutcome outcome(CustomerId customer, String told) {
        return told.equals(TagOutcome.Kind.UNCHANGED.name())
                ? new TagOutcome(customer, TagOutcome.Kind.UNCHANGED, null)
                : new TagOutcome(customer, TagOutcome.Kind.REFUSED, told);
    }

    @Override
    public List<CustomerId> changed(TenantId tenant, String batch, @Nullable CustomerId after, int limit) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectDistinct(CRM_TAG_ENTRY.CUSTOMER_ID)
                        .from(CRM_TAG_ENTRY)
                        .where(entry(tenant, batch))
                        .and(after == null ? noCondition() : CRM_TAG_ENTRY.CUSTOMER_ID.gt(after.value()))
                        .orderBy(CRM_TAG_ENTRY.CUSTOMER_ID)
                        .limit(limit))
                .map(row -> CustomerId.of(row.value1()));
    }

    @Override
    public Map<CustomerId, List<TagEntry>> lasting(TenantId tenant, String batch, Collection<CustomerId> customers) {
        Session session = work.session();
        Map<CustomerId, List<TagEntry>> found = new HashMap<>();
        if (customers.isEmpty()) {
            return found;
        }
        CrmTagEntry later = CRM_TAG_ENTRY.as("later");
        session.fetchFresh(session.dsl()
                        .select(CRM_TAG_ENTRY.fields())
                        .from(CRM_TAG_ENTRY)
                        .where(entry(tenant, batch))
                        .and(CRM_TAG_ENTRY.CUSTOMER_ID.in(Column.ids(customers)))
                        .and(notExists(selectOne()
                                .from(later)
                                .where(later.TENANT_ID.eq(CRM_TAG_ENTRY.TENANT_ID))
                                .and(later.CUSTOMER_ID.eq(CRM_TAG_ENTRY.CUSTOMER_ID))
                                .and(later.TAG_KEY.eq(CRM_TAG_ENTRY.TAG_KEY))
                                .and(later.SEQ.gt(CRM_TAG_ENTRY.SEQ))))
                        .orderBy(CRM_TAG_ENTRY.CUSTOMER_ID, CRM_TAG_ENTRY.SEQ))
                .forEach(row -> found.computeIfAbsent(
                                CustomerId.of(row.get(CRM_TAG_ENTRY.CUSTOMER_ID)), first -> new ArrayList<>())
                        .add(TagRows.entry(row)));
        return found;
    }
}
