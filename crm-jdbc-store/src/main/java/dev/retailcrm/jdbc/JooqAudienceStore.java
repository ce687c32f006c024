package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_CATALOG;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_REQUEST;
import static dev.retailcrm.jdbc.schema.Tables.CRM_AUDIENCE_VERSION;

import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceText;
import dev.retailcrm.audience.AudienceVersion;
import dev.retailcrm.audience.spi.AudienceDefinitionChange;
import dev.retailcrm.audience.spi.AudienceItem;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/**
 * Definitions of audiences in {@code crm_audience_catalog}, {@code crm_audience_definition}, {@code crm_audience_version} and {@code
 * crm_audience_request}. They are copied as they are read; a copy answers while the head of the tenant's definitions carries the stamp it was
 * made under. Thread-safe.
 */
final class JooqAudienceStore implements AudienceStore {
    private final JdbcUnitOfWork work;
    private final StampedCopies<TenantId, AudienceCatalog> copies = new StampedCopies<>(
            CRM_AUDIENCE_CATALOG.STAMP,
            List.of(new StampedCopies.Name<>(CRM_AUDIENCE_CATALOG.TENANT_ID, TenantId::value)),
            true,
            AudienceCatalog.empty(),
            JooqAudienceStore::read);

    JooqAudienceStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public AudienceCatalog catalog(TenantId tenant) {
        return copies.read(work.session(), tenant);
    }

    @Override
    public AudienceCatalog lockDefinitions(TenantId tenant) {
        return copies.lockAndRead(work.session(), tenant);
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
        copies.change(session, change.tenant());
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
