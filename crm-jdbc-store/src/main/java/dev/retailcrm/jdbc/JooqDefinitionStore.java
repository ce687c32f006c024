package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_CATALOG;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_REQUEST;

import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionSet;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;

/**
 * Definitions of assets in {@code crm_asset_catalog}, {@code crm_asset_definition} and {@code crm_asset_request}. They are copied as they are read; a
 * copy answers while the head carries the stamp it was made under. Thread-safe.
 */
final class JooqDefinitionStore implements DefinitionStore {
    private final JdbcUnitOfWork work;
    private final StampedCopies<Head, DefinitionSet> copies = new StampedCopies<>(
            CRM_ASSET_CATALOG.STAMP,
            List.of(
                    new StampedCopies.Name<>(
                            CRM_ASSET_CATALOG.TENANT_ID, head -> head.tenant().value()),
                    new StampedCopies.Name<>(
                            CRM_ASSET_CATALOG.KIND, head -> head.kind().name())),
            false,
            DefinitionSet.EMPTY,
            JooqDefinitionStore::read);

    /** Whose definitions of what. */
    private record Head(TenantId tenant, DefinitionKind kind) {}

    JooqDefinitionStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public DefinitionSet all(TenantId tenant, DefinitionKind kind) {
        return copies.read(work.session(), new Head(tenant, kind));
    }

    private static Condition of(Head head) {
        return CRM_ASSET_DEFINITION
                .TENANT_ID
                .eq(head.tenant().value())
                .and(CRM_ASSET_DEFINITION.KIND.eq(head.kind().name()));
    }

    private static DefinitionSet read(Session session, Head head) {
        return new DefinitionSet(session.fetchFresh(session.dsl()
                        .select(CRM_ASSET_DEFINITION.fields())
                        .from(CRM_ASSET_DEFINITION)
                        .where(of(head))
                        .and(CRM_ASSET_DEFINITION.LATEST.isTrue())
                        .orderBy(CRM_ASSET_DEFINITION.ITEM_KEY))
                .map(JooqDefinitionStore::definition));
    }

    private static Definition definition(Record row) {
        return new Definition(
                DefinitionKind.valueOf(row.get(CRM_ASSET_DEFINITION.KIND)),
                row.get(CRM_ASSET_DEFINITION.ITEM_KEY),
                row.get(CRM_ASSET_DEFINITION.VERSION),
                row.get(CRM_ASSET_DEFINITION.RETIRED),
                row.get(CRM_ASSET_DEFINITION.DEFINITION));
    }

    @Override
    public DefinitionSet lock(TenantId tenant, DefinitionKind kind) {
        return copies.lockAndRead(work.session(), new Head(tenant, kind));
    }

    @Override
    public Optional<Booked> booked(TenantId tenant, DefinitionKind kind, RequestKey key) {
        Session session = work.session();
        return session
                .fetchFresh(session.dsl()
                        .select(CRM_ASSET_REQUEST.FINGERPRINT, CRM_ASSET_REQUEST.ANSWER)
                        .from(CRM_ASSET_REQUEST)
                        .where(CRM_ASSET_REQUEST.TENANT_ID.eq(tenant.value()))
                        .and(CRM_ASSET_REQUEST.REQUEST_KEY.eq(key.value()))
                        .and(CRM_ASSET_REQUEST.KIND.eq(kind.name())))
                .stream()
                .findFirst()
                .map(row -> new Booked(row.value1(), row.value2()));
    }

    @Override
    public void define(TenantId tenant, Definition definition, RequestKey key, Booked booked) {
        Session session = work.session();
        Head head = new Head(tenant, definition.kind());
        session.dsl()
                .update(CRM_ASSET_DEFINITION)
                .set(CRM_ASSET_DEFINITION.LATEST, false)
                .where(of(head))
                .and(CRM_ASSET_DEFINITION.ITEM_KEY.eq(definition.key()))
                .and(CRM_ASSET_DEFINITION.LATEST.isTrue())
                .execute();
        session.dsl()
                .insertInto(CRM_ASSET_DEFINITION)
                .set(CRM_ASSET_DEFINITION.TENANT_ID, tenant.value())
                .set(CRM_ASSET_DEFINITION.KIND, definition.kind().name())
                .set(CRM_ASSET_DEFINITION.ITEM_KEY, definition.key())
                .set(CRM_ASSET_DEFINITION.VERSION, definition.version())
                .set(CRM_ASSET_DEFINITION.LATEST, true)
                .set(CRM_ASSET_DEFINITION.RETIRED, definition.retired())
                .set(CRM_ASSET_DEFINITION.DEFINITION, definition.json())
                .execute();
        session.dsl()
                .insertInto(CRM_ASSET_REQUEST)
                .set(CRM_ASSET_REQUEST.TENANT_ID, tenant.value())
                .set(CRM_ASSET_REQUEST.KIND, definition.kind().name())
                .set(CRM_ASSET_REQUEST.REQUEST_KEY, key.value())
                .set(CRM_ASSET_REQUEST.FINGERPRINT, booked.fingerprint())
                .set(CRM_ASSET_REQUEST.ANSWER, booked.answer())
                .execute();
        copies.change(session, head);
    }

    @Override
    public Optional<Definition> version(TenantId tenant, DefinitionKind kind, String key, long version) {
        Session session = work.session();
        return session
                .fetchFresh(session.dsl()
                        .select(CRM_ASSET_DEFINITION.fields())
                        .from(CRM_ASSET_DEFINITION)
                        .where(of(new Head(tenant, kind)))
                        .and(CRM_ASSET_DEFINITION.ITEM_KEY.eq(key))
                        .and(CRM_ASSET_DEFINITION.VERSION.eq(version)))
                .stream()
                .findFirst()
                .map(JooqDefinitionStore::definition);
    }
}
