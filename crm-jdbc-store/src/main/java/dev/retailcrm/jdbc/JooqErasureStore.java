package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmErasure.CRM_ERASURE;

import com.google.common.base.Splitter;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erasure;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.spi.ErasureStore;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Erasures in {@code crm_erasure}, under the lock of the record in {@code crm_customer}. Thread-safe. */
final class JooqErasureStore implements ErasureStore {
    private final JdbcUnitOfWork work;

    JooqErasureStore(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Optional<Erasure> find(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return session
                .fetchFresh(session.dsl().selectFrom(CRM_ERASURE).where(isHers(tenant, customer)))
                .map(JooqErasureStore::erasure)
                .stream()
                .findFirst();
    }

    @Override
    public void write(TenantId tenant, Erasure erasure) {
        var dsl = work.session().dsl();
        int updated = dsl.update(CRM_ERASURE)
                .set(columns(erasure))
                .where(isHers(tenant, erasure.customer()))
                .execute();
        if (updated == 0) {
            dsl.insertInto(CRM_ERASURE)
                    .set(CRM_ERASURE.TENANT_ID, tenant.value())
                    .set(CRM_ERASURE.CUSTOMER_ID, erasure.customer().value())
                    .set(columns(erasure))
                    .execute();
        }
    }

    @Override
    public List<Erasure> open(TenantId tenant, @Nullable CustomerId after, int limit) {
        return work.session()
                .dsl()
                .selectFrom(CRM_ERASURE)
                .where(CRM_ERASURE.TENANT_ID.eq(tenant.value()))
                .and(CRM_ERASURE.OPEN_STATE.isNotNull())
                .and(CRM_ERASURE.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_ERASURE.CUSTOMER_ID)
                .limit(limit)
                .fetch(JooqErasureStore::erasure);
    }

    private static Map<Field<?>, @Nullable Object> columns(Erasure erasure) {
        Actor actor = erasure.requestedBy();
        StoreId store = actor.store();
        Map<Field<?>, @Nullable Object> columns = new LinkedHashMap<>();
        columns.put(CRM_ERASURE.STATE, erasure.state().name());
        columns.put(
                CRM_ERASURE.OPEN_STATE,
                erasure.state().isOpen() ? erasure.state().name() : null);
        columns.put(CRM_ERASURE.REQUESTED_MS, erasure.requestedAt().toEpochMilli());
        columns.put(CRM_ERASURE.CHANGED_MS, erasure.changedAt().toEpochMilli());
        columns.put(CRM_ERASURE.ACTOR_KIND, actor.kind().name());
        columns.put(CRM_ERASURE.ACTOR_ID, actor.id());
        columns.put(CRM_ERASURE.STORE_ID, store == null ? null : store.value());
        columns.put(CRM_ERASURE.CHANNEL, actor.channel());
        columns.put(
                CRM_ERASURE.WAITS_FOR,
                erasure.obstacles().stream()
                        .map(it -> it.part() + " " + it.kind() + " " + it.about())
                        .collect(Collectors.joining("\n")));
        columns.put(
                CRM_ERASURE.ERASED_ROWS,
                erasure.rows().entrySet().stream()
                        .map(it -> it.getKey() + " " + it.getValue())
                        .collect(Collectors.joining("\n")));
        return columns;
    }

    private static Erasure erasure(Record row) {
        String store = row.get(CRM_ERASURE.STORE_ID);
        SortedMap<String, Long> rows = new TreeMap<>();
        for (List<String> line : lines(row.get(CRM_ERASURE.ERASED_ROWS))) {
            rows.put(line.get(0), Long.parseLong(line.get(1)));
        }
        return new Erasure(
                CustomerId.of(row.get(CRM_ERASURE.CUSTOMER_ID)),
                Erasure.State.valueOf(row.get(CRM_ERASURE.STATE)),
                Instant.ofEpochMilli(row.get(CRM_ERASURE.REQUESTED_MS)),
                new Actor(
                        ActorKind.valueOf(row.get(CRM_ERASURE.ACTOR_KIND)),
                        row.get(CRM_ERASURE.ACTOR_ID),
                        store == null ? null : StoreId.of(store),
                        row.get(CRM_ERASURE.CHANNEL)),
                Instant.ofEpochMilli(row.get(CRM_ERASURE.CHANGED_MS)),
                lines(row.get(CRM_ERASURE.WAITS_FOR)).stream()
                        .map(line -> new ErasureObstacle(line.get(0), line.get(1), line.get(2)))
                        .toList(),
                rows);
    }

    private static List<List<String>> lines(String text) {
        return Splitter.on('\n')
                .omitEmptyStrings()
                .splitToStream(text)
                .map(line -> Splitter.on(' ').splitToList(line))
                .toList();
    }

    private static Condition isHers(TenantId tenant, CustomerId customer) {
        return CRM_ERASURE.TENANT_ID.eq(tenant.value()).and(CRM_ERASURE.CUSTOMER_ID.eq(customer.value()));
    }
}
