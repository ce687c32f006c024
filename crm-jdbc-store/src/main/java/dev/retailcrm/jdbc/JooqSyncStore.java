package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_SYNC_LINK;
import static dev.retailcrm.jdbc.schema.Tables.CRM_SYNC_RUN;

import com.google.common.collect.Iterables;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncPhase;
import dev.retailcrm.tags.spi.SyncRun;
import dev.retailcrm.tags.spi.SyncStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Synchronisation of tags in {@code crm_sync_run}, {@code crm_sync_link} and {@code crm_sync_mark}. Thread-safe. */
final class JooqSyncStore implements SyncStore {
    private static final int PART = 1_000;

    private final JdbcUnitOfWork work;
    private final Sealing sealing;

    JooqSyncStore(JdbcUnitOfWork work, Sealing sealing) {
        this.work = work;
        this.sealing = sealing;
    }

    private SyncMarkRows rows(TenantId tenant) {
        return new SyncMarkRows(work.session(), sealing, tenant);
    }

    @Override
    public Optional<SyncRun> run(TenantId tenant, String channel) {
        return work.session()
                .dsl()
                .select(CRM_SYNC_RUN.fields())
                .from(CRM_SYNC_RUN)
                .where(isRun(tenant, channel))
                .fetchOptional(JooqSyncStore::run);
    }

    private static Condition isRun(TenantId tenant, String channel) {
        return CRM_SYNC_RUN.TENANT_ID.eq(tenant.value()).and(CRM_SYNC_RUN.CHANNEL.eq(channel));
    }

    @Override
    public boolean record(TenantId tenant, SyncRun run) {
        Session session = work.session();
        var columns = columns(run).map();
        if (run.version() == 1) {
            var insert = session.dsl().insertQuery(CRM_SYNC_RUN);
            insert.addValue(CRM_SYNC_RUN.TENANT_ID, tenant.value());
            insert.addValue(CRM_SYNC_RUN.CHANNEL, run.channel());
            insert.addValues(columns);
            return Inserts.unlessPresent(session, insert) == 1;
        }
        return session.dsl()
                        .update(CRM_SYNC_RUN)
                        .set(columns)
                        .where(isRun(tenant, run.channel()))
                        .and(CRM_SYNC_RUN.VERSION.eq(run.version() - 1))
                        .execute()
                == 1;
    }

    private static NewRow columns(SyncRun run) {
        SyncPhase stoppedIn = run.stoppedIn();
        return new NewRow()
                .put(CRM_SYNC_RUN.RUN_NO, run.number())
                .put(CRM_SYNC_RUN.DRY, run.dry())
                .put(CRM_SYNC_RUN.PHASE, run.phase().name())
                .put(CRM_SYNC_RUN.STOPPED_IN, stoppedIn == null ? null : stoppedIn.name())
                .put(CRM_SYNC_RUN.PLACE, run.cursor())
                .put(CRM_SYNC_RUN.ATTEMPTS, run.attempts())
                .put(CRM_SYNC_RUN.NOT_BEFORE_MS, Column.millis(run.notBefore()))
                .put(CRM_SYNC_RUN.PACE_FROM_MS, Column.millis(run.paceFrom()))
                .put(CRM_SYNC_RUN.PACE_CALLS, run.paceCalls())
                .put(CRM_SYNC_RUN.COUNTS, SyncJson.of(run.counts()))
                .put(CRM_SYNC_RUN.PROBLEM, run.problem())
                .put(CRM_SYNC_RUN.STARTED_MS, run.startedAt().toEpochMilli())
                .put(CRM_SYNC_RUN.VERSION, run.version());
    }

    private static SyncRun run(Record row) {
        String stoppedIn = row.get(CRM_SYNC_RUN.STOPPED_IN);
        return new SyncRun(
                row.get(CRM_SYNC_RUN.CHANNEL),
                row.get(CRM_SYNC_RUN.RUN_NO),
                row.get(CRM_SYNC_RUN.DRY),
                SyncPhase.valueOf(row.get(CRM_SYNC_RUN.PHASE)),
                stoppedIn == null ? null : SyncPhase.valueOf(stoppedIn),
                row.get(CRM_SYNC_RUN.PLACE),
                row.get(CRM_SYNC_RUN.ATTEMPTS),
                instant(row.get(CRM_SYNC_RUN.NOT_BEFORE_MS)),
                instant(row.get(CRM_SYNC_RUN.PACE_FROM_MS)),
                row.get(CRM_SYNC_RUN.PACE_CALLS),
                SyncJson.counts(row.get(CRM_SYNC_RUN.COUNTS)),
                row.get(CRM_SYNC_RUN.PROBLEM),
                Instant.ofEpochMilli(row.get(CRM_SYNC_RUN.STARTED_MS)),
                row.get(CRM_SYNC_RUN.VERSION));
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    @Override
    public List<SyncLink> links(TenantId tenant, String channel) {
        return work.session()
                .dsl()
                .select(CRM_SYNC_LINK.fields())
                .from(CRM_SYNC_LINK)
                .where(isLink(tenant, channel))
                .orderBy(CRM_SYNC_LINK.OUTSIDE_ID)
                .fetch(row -> new SyncLink(
                        row.get(CRM_SYNC_LINK.OUTSIDE_ID),
                        row.get(CRM_SYNC_LINK.TAG_KEY),
                        row.get(CRM_SYNC_LINK.NAME),
                        row.get(CRM_SYNC_LINK.SINCE_RUN),
                        row.get(CRM_SYNC_LINK.SEEN_RUN)));
    }

    private static Condition isLink(TenantId tenant, String channel) {
        return CRM_SYNC_LINK.TENANT_ID.eq(tenant.value()).and(CRM_SYNC_LINK.CHANNEL.eq(channel));
    }

    /** {@inheritDoc} Two that link at once do not meet a violation: the later one stays. */
    @Override
    public void link(TenantId tenant, String channel, List<SyncLink> links) {
        Session session = work.session();
        for (SyncLink link : links) {
            var columns = new NewRow()
                    .put(CRM_SYNC_LINK.TAG_KEY, link.tag())
                    .put(CRM_SYNC_LINK.NAME, link.name())
                    .put(CRM_SYNC_LINK.SINCE_RUN, link.sinceRun())
                    .put(CRM_SYNC_LINK.SEEN_RUN, link.seenRun())
                    .map();
            session.dsl()
                    .insertInto(CRM_SYNC_LINK)
                    .set(CRM_SYNC_LINK.TENANT_ID, tenant.value())
                    .set(CRM_SYNC_LINK.CHANNEL, channel)
                    .set(CRM_SYNC_LINK.OUTSIDE_ID, link.id())
                    .set(columns)
                    .onDuplicateKeyUpdate()
                    .set(columns)
                    .execute();
        }
    }

    @Override
    public void unlink(TenantId tenant, String channel, Collection<String> ids) {
        Session session = work.session();
        for (List<String> part : Iterables.partition(ids, PART)) {
            session.dsl()
                    .deleteFrom(CRM_SYNC_LINK)
                    .where(isLink(tenant, channel))
                    .and(CRM_SYNC_LINK.OUTSIDE_ID.in(part))
                    .execute();
        }
    }

    @Override
    public Map<String, SyncMark> marks(TenantId tenant, String channel, Map<String, CustomerId> customers) {
        return rows(tenant).find(channel, customers);
    }

    @Override
    public void write(TenantId tenant, String channel, SyncMark mark) {
        rows(tenant).write(channel, mark);
    }

    @Override
    public List<SyncMark> open(TenantId tenant, String channel, @Nullable SyncMark after, int limit) {
        return rows(tenant).open(channel, after, limit);
    }

    @Override
    public int remove(TenantId tenant, CustomerId customer, int limit) {
        return rows(tenant).remove(customer, limit);
    }

    @Override
    public SortedMap<String, List<SyncMark>> of(TenantId tenant, CustomerId customer) {
        return new TreeMap<>(rows(tenant).of(customer));
    }

    @Override
    public Map<CustomerId, Standing> lock(TenantId tenant, Collection<CustomerId> customers) {
        return RecordLock.locked(work.session(), tenant, customers);
    }
}
