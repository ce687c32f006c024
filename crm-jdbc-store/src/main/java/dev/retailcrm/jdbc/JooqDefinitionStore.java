package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_CATALOG;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_DEFINITION;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ASSET_REQUEST;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.retailcrm.assets.spi.Definition;
import dev.retailcrm.assets.spi.DefinitionKind;
import dev.retailcrm.assets.spi.DefinitionSet;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;

/**
 * Definitions of assets in {@code crm_asset_catalog}, {@code crm_asset_definition} and {@code crm_asset_request}. They are copied as they are read; a
 * copy answers while the head carries the stamp it was made under. Thread-safe.
 */
final class JooqDefinitionStore implements DefinitionStore {
    private static final int COPIES = 1_000;

    private final JdbcUnitOfWork work;
    private final Cache<Head, Copy> copies =
            Caffeine.newBuilder().maximumSize(COPIES).build();

    /** Whose definitions of what. */
    private record Head(TenantId tenant, DefinitionKind kind) {}

    /** The stamp is read first: rows may be newer than it, which the next comparison tells, but never older. */
    private record Copy(long stamp, DefinitionSet set) {}

    JooqDefinitionStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public DefinitionSet all(TenantId tenant, DefinitionKind kind) {
        Session session = work.session();
        Head head = new Head(tenant, kind);
        Long stamp = stamp(session, head).fetchOne(CRM_ASSET_CATALOG.STAMP);
        if (stamp == null) {
            return DefinitionSet.EMPTY;
        }
        Copy copy = copies.getIfPresent(head);
        if (copy == null || copy.stamp() != stamp) {
            copy = new Copy(stamp, read(session, head));
            copies.put(head, copy);
        }
        return copy.set();
    }

    private static SelectConditionStep<Record1<Long>> stamp(Session session, Head head) {
        return session.dsl()
                .select(CRM_ASSET_CATALOG.STAMP)
                .from(CRM_ASSET_CATALOG)
                .where(isHead(head));
    }

    private static Condition isHead(Head head) {
        return CRM_ASSET_CATALOG
                .TENANT_ID
                .eq(head.tenant().value())
                .and(CRM_ASSET_CATALOG.KIND.eq(head.kind().name()));
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
        Session session = work.session();
        Head head = new Head(tenant, kind);
        if (stamp(session, head).forUpdate().fetchOne() == null) {
            var insert = session.dsl().insertQuery(CRM_ASSET_CATALOG);
            insert.addValue(CRM_ASSET_CATALOG.TENANT_ID, tenant.value());
            insert.addValue(CRM_ASSET_CATALOG.KIND, kind.name());
            insert.addValue(CRM_ASSET_CATALOG.STAMP, newStamp());
            Inserts.unlessPresent(session, insert);
            if (stamp(session, head).forUpdate().fetchOne() == null) {
                throw CoreError.LOCK_TIMEOUT.because("another transaction makes the first definition");
            }
        }
        session.markLocking();
        return read(session, head);
    }

    /** Drawn at random, so that the one of a transaction that was rolled back never comes again. */
    private static long newStamp() {
        return ThreadLocalRandom.current().nextLong();
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
        session.dsl()
                .update(CRM_ASSET_CATALOG)
                .set(CRM_ASSET_CATALOG.STAMP, newStamp())
                .where(isHead(head))
                .execute();
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
