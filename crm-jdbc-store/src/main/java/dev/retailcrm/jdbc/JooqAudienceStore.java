package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_CATALOG;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_REQUEST;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_VERSION;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceText;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudienceItem;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;

/**
 * Definitions of audiences in {@code crm_audience_catalog}, {@code crm_audience_definition}, {@code crm_audience_version} and {@code
 * crm_audience_request}. They are copied as they are read; a copy answers while the head of the tenant's definitions carries the stamp it was
 * made under. Thread-safe.
 */
final class JooqAudienceStore implements AudienceStore {
    private static final int COPIES = 1_000;

    private final JdbcUnitOfWork work;
    private final Cache<TenantId, Copy> copies =
            Caffeine.newBuilder().maximumSize(COPIES).build();

    /** The stamp is read first: rows may be newer than it, which the next comparison tells, but never older. */
    private record Copy(long stamp, AudienceCatalog catalog) {}

    JooqAudienceStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public AudienceCatalog catalog(TenantId tenant) {
        Session session = work.session();
        Long stamp = session.fetchFresh(stamp(session, tenant)).stream()
                .map(Record1::value1)
                .findFirst()
                .orElse(null);
        if (stamp == null) {
            return AudienceCatalog.empty();
        }
        Copy copy = copies.getIfPresent(tenant);
        if (copy == null || copy.stamp() != stamp) {
            copy = new Copy(stamp, read(session, tenant));
            copies.put(tenant, copy);
        }
        return copy.catalog();
    }

    @Override
    public AudienceCatalog lockDefinitions(TenantId tenant) {
        Session session = work.session();
        if (stamp(session, tenant).forUpdate().fetchOne() == null) {
            var insert = session.dsl().insertQuery(CRM_AUDIENCE_CATALOG);
            insert.addValue(CRM_AUDIENCE_CATALOG.TENANT_ID, tenant.value());
            insert.addValue(CRM_AUDIENCE_CATALOG.STAMP, newStamp());
            Inserts.unlessPresent(session, insert);
            if (stamp(session, tenant).forUpdate().fetchOne() == null) {
                throw CoreError.LOCK_TIMEOUT.because("another transaction defines the first audience");
            }
        }
        session.markLocking();
        return read(session, tenant);
    }

    private static SelectConditionStep<Record1<Long>> stamp(Session session, TenantId tenant) {
        return session.dsl()
                .select(CRM_AUDIENCE_CATALOG.STAMP)
                .from(CRM_AUDIENCE_CATALOG)
                .where(CRM_AUDIENCE_CATALOG.TENANT_ID.eq(tenant.value()));
    }

    /** Drawn at random, so that the one of a transaction that was rolled back never comes again. */
    private static long newStamp() {
        return ThreadLocalRandom.current().nextLong();
    }

    private static AudienceCatalog read(Session session, TenantId tenant) {
        var d = CRM_AUDIENCE_DEFINITION;
        return AudienceCatalog.of(session.fetchFresh(session.dsl()
                        .select(d.KIND, d.ITEM_KEY, d.VERSION, d.DEFINITION)
                        .from(d)
                        .where(d.TENANT_ID.eq(tenant.value())))
                .map(row -> new AudienceItem(
                        AudienceItem.Kind.valueOf(row.value1()), row.value2(), row.value3(), row.value4())));
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, RequestKey key) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_AUDIENCE_REQUEST.FINGERPRINT, CRM_AUDIENCE_REQUEST.ANSWER)
                .from(CRM_AUDIENCE_REQUEST)
                .where(CRM_AUDIENCE_REQUEST.TENANT_ID.eq(tenant.value()))
                .and(CRM_AUDIENCE_REQUEST.REQUEST_KEY.eq(key.value()));
        return session.fetchFresh(query).stream().findFirst().map(row -> new Booked(row.value1(), row.value2()));
    }

    @Override
    public void define(AudienceDefinitionChange change) {
        Session session = work.session();
        String tenant = change.tenant().value();
        change.deleted()
                .forEach(it -> session.dsl()
                        .deleteFrom(CRM_AUDIENCE_DEFINITION)
                        .where(isItem(change.tenant(), it))
                        .execute());
        change.written().forEach(it -> write(session, change, it));
        session.dsl()
                .insertInto(CRM_AUDIENCE_REQUEST)
                .set(CRM_AUDIENCE_REQUEST.TENANT_ID, tenant)
                .set(CRM_AUDIENCE_REQUEST.REQUEST_KEY, change.key().value())
                .set(CRM_AUDIENCE_REQUEST.FINGERPRINT, change.booked().fingerprint())
                .set(CRM_AUDIENCE_REQUEST.ANSWER, change.booked().answer())
                .execute();
        session.dsl()
                .update(CRM_AUDIENCE_CATALOG)
                .set(CRM_AUDIENCE_CATALOG.STAMP, newStamp())
                .where(CRM_AUDIENCE_CATALOG.TENANT_ID.eq(tenant))
                .execute();
    }

    private static void write(Session session, AudienceDefinitionChange change, AudienceItem item) {
        var d = CRM_AUDIENCE_DEFINITION;
        String tenant = change.tenant().value();
        int updated = session.dsl()
                .update(d)
                .set(d.VERSION, item.version())
                .set(d.DEFINITION, item.definition())
                .where(isItem(change.tenant(), item))
                .execute();
        if (updated == 0) {
            session.dsl()
                    .insertInto(d)
                    .set(d.TENANT_ID, tenant)
                    .set(d.KIND, item.kind().name())
                    .set(d.ITEM_KEY, item.key())
                    .set(d.VERSION, item.version())
                    .set(d.DEFINITION, item.definition())
                    .execute();
        }
        if (item.kind() == AudienceItem.Kind.AUDIENCE) {
            var v = CRM_AUDIENCE_VERSION;
            Actor actor = change.actor();
            StoreId store = actor.store();
            session.dsl()
                    .insertInto(v)
                    .set(v.TENANT_ID, tenant)
                    .set(v.AUDIENCE_KEY, item.key())
                    .set(v.VERSION, item.version())
                    .set(v.DEFINITION, item.definition())
                    .set(v.AT_MS, change.at().toEpochMilli())
                    .set(v.ACTOR_KIND, actor.kind().name())
                    .set(v.ACTOR_ID, actor.id())
                    .set(v.STORE_ID, store == null ? null : store.value())
                    .set(v.CHANNEL, actor.channel())
                    .execute();
        }
    }

    private static Condition isItem(TenantId tenant, AudienceItem item) {
        return CRM_AUDIENCE_DEFINITION
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_AUDIENCE_DEFINITION.KIND.eq(item.kind().name()))
                .and(CRM_AUDIENCE_DEFINITION.ITEM_KEY.eq(item.key()));
    }

    @Override
    public List<AudienceVersion> versions(TenantId tenant, String audience, long after, int limit) {
        var v = CRM_AUDIENCE_VERSION;
        Session session = work.session();
        return session.fetchFresh(session.dsl()
                        .selectFrom(v)
                        .where(v.TENANT_ID.eq(tenant.value()))
                        .and(v.AUDIENCE_KEY.eq(audience))
                        .and(v.VERSION.gt(after))
                        .orderBy(v.VERSION)
                        .limit(limit))
                .map(JooqAudienceStore::version);
    }

    private static AudienceVersion version(Record row) {
        var v = CRM_AUDIENCE_VERSION;
        String store = row.get(v.STORE_ID);
        return new AudienceVersion(
                AudienceText.audience(row.get(v.DEFINITION)),
                Instant.ofEpochMilli(row.get(v.AT_MS)),
                new Actor(
                        ActorKind.valueOf(row.get(v.ACTOR_KIND)),
                        row.get(v.ACTOR_ID),
                        store == null ? null : StoreId.of(store),
                        row.get(v.CHANNEL)));
    }
}
