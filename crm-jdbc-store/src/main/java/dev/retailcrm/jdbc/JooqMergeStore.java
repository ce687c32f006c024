package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_MERGE;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.merge.MergeText;
import dev.retailcrm.core.spi.MergeStore;
import java.time.Instant;
import java.util.List;
import org.jooq.Record;

/** Merges in {@code crm_merge}. Thread-safe. */
final class JooqMergeStore implements MergeStore {
    private final JdbcUnitOfWork work;

    JooqMergeStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public void write(TenantId tenant, Merge merge) {
        Actor actor = merge.actor();
        StoreId store = actor.store();
        work.session()
                .dsl()
                .insertInto(CRM_MERGE)
                .set(CRM_MERGE.TENANT_ID, tenant.value())
                .set(CRM_MERGE.CUSTOMER_ID, merge.survivor().value())
                .set(CRM_MERGE.VERSION, merge.survivorVersion())
                .set(CRM_MERGE.MERGED_ID, merge.merged().value())
                .set(CRM_MERGE.MERGED_VERSION, merge.mergedVersion())
                .set(CRM_MERGE.AT_MS, merge.at().toEpochMilli())
                .set(CRM_MERGE.ACTOR_KIND, actor.kind().name())
                .set(CRM_MERGE.ACTOR_ID, actor.id())
                .set(CRM_MERGE.STORE_ID, store == null ? null : store.value())
                .set(CRM_MERGE.CHANNEL, actor.channel())
                .set(CRM_MERGE.PARTS, MergeText.ofParts(merge.parts()))
                .execute();
    }

    @Override
    public void end(TenantId tenant, Merge merge) {
        Instant ended = merge.endedAt();
        int ends = work.session()
                .dsl()
                .update(CRM_MERGE)
                .set(CRM_MERGE.ENDED_MS, ended == null ? null : ended.toEpochMilli())
                .set(CRM_MERGE.CONFLICTS, MergeText.ofConflicts(merge.conflicts()))
                .where(CRM_MERGE.TENANT_ID.eq(tenant.value()))
                .and(CRM_MERGE.CUSTOMER_ID.eq(merge.survivor().value()))
                .and(CRM_MERGE.VERSION.eq(merge.survivorVersion()))
                .and(CRM_MERGE.ENDED_MS.isNull())
                .execute();
        if (ends != 1) {
            throw CoreError.STORE_FAILED.because("the merge was ended without the lock of its customers");
        }
    }

    @Override
    public List<Merge> of(TenantId tenant, CustomerId survivor) {
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_MERGE)
                        .where(CRM_MERGE.TENANT_ID.eq(tenant.value()))
                        .and(CRM_MERGE.CUSTOMER_ID.eq(survivor.value()))
                        .orderBy(CRM_MERGE.VERSION.desc()))
                .map(JooqMergeStore::merge);
    }

    private static Merge merge(Record row) {
        String store = row.get(CRM_MERGE.STORE_ID);
        Long ended = row.get(CRM_MERGE.ENDED_MS);
        String conflicts = row.get(CRM_MERGE.CONFLICTS);
        return new Merge(
                CustomerId.of(row.get(CRM_MERGE.CUSTOMER_ID)),
                CustomerId.of(row.get(CRM_MERGE.MERGED_ID)),
                row.get(CRM_MERGE.VERSION),
                row.get(CRM_MERGE.MERGED_VERSION),
                Instant.ofEpochMilli(row.get(CRM_MERGE.AT_MS)),
                new Actor(
                        ActorKind.valueOf(row.get(CRM_MERGE.ACTOR_KIND)),
                        row.get(CRM_MERGE.ACTOR_ID),
                        store == null ? null : StoreId.of(store),
                        row.get(CRM_MERGE.CHANNEL)),
                MergeText.parts(row.get(CRM_MERGE.PARTS)),
                ended == null ? null : Instant.ofEpochMilli(ended),
                conflicts == null ? List.of() : MergeText.conflicts(conflicts));
    }
}
