package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomerChange.CRM_CUSTOMER_CHANGE;
import static dev.retailcrm.jdbc.schema.tables.CrmDataKey.CRM_DATA_KEY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.row;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Place;
import dev.retailcrm.core.spi.CustomerStore.Position;
import dev.retailcrm.core.spi.FieldContext;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.SelectOnConditionStep;
import org.jspecify.annotations.Nullable;

/** The table of what was changed of customers, within one session. */
final class CustomerHistory {
    private final Session session;
    private final Sealing sealing;
    private final TenantId tenant;

    CustomerHistory(Session session, Sealing sealing, TenantId tenant) {
        this.session = session;
        this.sealing = sealing;
        this.tenant = tenant;
    }

    void write(List<FieldChange> changes, byte @Nullable [] key) {
        if (changes.isEmpty()) {
            return;
        }
        var insert = session.dsl().insertQuery(CRM_CUSTOMER_CHANGE);
        for (FieldChange change : changes) {
            insert.newRecord();
            insert.addValues(columns(change, key).map());
        }
        insert.execute();
    }

    /** The columns of a change. */
    NewRow columns(FieldChange change, byte @Nullable [] key) {
        Actor actor = change.actor();
        StoreId store = actor.store();
        NewRow columns = new NewRow();
        columns.put(CRM_CUSTOMER_CHANGE.TENANT_ID, tenant.value());
        columns.put(CRM_CUSTOMER_CHANGE.CUSTOMER_ID, change.customer().value());
        columns.put(CRM_CUSTOMER_CHANGE.VERSION, change.version());
        columns.put(CRM_CUSTOMER_CHANGE.LINE, change.line());
        columns.put(CRM_CUSTOMER_CHANGE.FIELD, change.field());
        columns.put(CRM_CUSTOMER_CHANGE.BEFORE_VALUE, sealed(change, "before", change.before(), key));
        columns.put(CRM_CUSTOMER_CHANGE.AFTER_VALUE, sealed(change, "after", change.after(), key));
        columns.put(CRM_CUSTOMER_CHANGE.ACTOR_KIND, actor.kind().name());
        columns.put(CRM_CUSTOMER_CHANGE.ACTOR_ID, actor.id());
        columns.put(CRM_CUSTOMER_CHANGE.STORE_ID, store == null ? null : store.value());
        columns.put(CRM_CUSTOMER_CHANGE.CHANNEL, actor.channel());
        columns.put(CRM_CUSTOMER_CHANGE.AT_MS, change.at().toEpochMilli());
        columns.put(
                CRM_CUSTOMER_CHANGE.STATED_MS,
                change.stated() == null ? null : change.stated().toEpochMilli());
        return columns;
    }

    /** Enciphers values that are in clear; whether there were any. */
    boolean seal(CustomerId customer, byte[] key) {
        boolean sealed = false;
        var hers = CRM_CUSTOMER_CHANGE
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_CUSTOMER_CHANGE.CUSTOMER_ID.eq(customer.value()));
        for (Record row :
                session.dsl().selectFrom(CRM_CUSTOMER_CHANGE).where(hers).fetch()) {
            boolean changed = false;
            for (Field<byte[]> column : List.of(CRM_CUSTOMER_CHANGE.BEFORE_VALUE, CRM_CUSTOMER_CHANGE.AFTER_VALUE)) {
                byte[] stored = row.get(column);
                if (stored != null && Sealing.isClear(stored)) {
                    String side = column.equals(CRM_CUSTOMER_CHANGE.BEFORE_VALUE) ? "before" : "after";
                    row.set(column, sealing.seal(context(row, side), key, new String(stored, UTF_8)));
                    changed = true;
                }
            }
            if (changed) {
                session.dsl()
                        .update(CRM_CUSTOMER_CHANGE)
                        .set(CRM_CUSTOMER_CHANGE.BEFORE_VALUE, row.get(CRM_CUSTOMER_CHANGE.BEFORE_VALUE))
                        .set(CRM_CUSTOMER_CHANGE.AFTER_VALUE, row.get(CRM_CUSTOMER_CHANGE.AFTER_VALUE))
                        .where(hers)
                        .and(CRM_CUSTOMER_CHANGE.VERSION.eq(row.get(CRM_CUSTOMER_CHANGE.VERSION)))
                        .and(CRM_CUSTOMER_CHANGE.LINE.eq(row.get(CRM_CUSTOMER_CHANGE.LINE)))
                        .execute();
                sealed = true;
            }
        }
        return sealed;
    }

    /** Empties all values. */
    void forget(CustomerId customer) {
        session.dsl()
                .update(CRM_CUSTOMER_CHANGE)
                .setNull(CRM_CUSTOMER_CHANGE.BEFORE_VALUE)
                .setNull(CRM_CUSTOMER_CHANGE.AFTER_VALUE)
                .where(CRM_CUSTOMER_CHANGE.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER_CHANGE.CUSTOMER_ID.eq(customer.value()))
                .execute();
    }

    List<FieldChange> changes(HistoryQuery query, @Nullable Position before, int limit) {
        return withKeys()
                .where(asked(query, before))
                .orderBy(CRM_CUSTOMER_CHANGE.VERSION.desc(), CRM_CUSTOMER_CHANGE.LINE.desc())
                .limit(limit)
                .fetch(this::change);
    }

    /** In the order of the index {@code crm_customer_change_by_actor}, backwards. */
    List<FieldChange> changesBy(ActorQuery query, @Nullable Place before, int limit) {
        Condition asked = CRM_CUSTOMER_CHANGE
                .TENANT_ID
                .eq(tenant.value())
                .and(by(query.kind(), query.id()))
                .and(within(query.from(), query.until()));
        if (before != null) {
            asked = asked.and(row(
                            CRM_CUSTOMER_CHANGE.AT_MS,
                            CRM_CUSTOMER_CHANGE.CUSTOMER_ID,
                            CRM_CUSTOMER_CHANGE.VERSION,
                            CRM_CUSTOMER_CHANGE.LINE)
                    .lt(
                            before.at().toEpochMilli(),
                            before.customer().value(),
                            before.position().version(),
                            before.position().line()));
        }
        return withKeys()
                .where(asked)
                .orderBy(
                        CRM_CUSTOMER_CHANGE.AT_MS.desc(),
                        CRM_CUSTOMER_CHANGE.CUSTOMER_ID.desc(),
                        CRM_CUSTOMER_CHANGE.VERSION.desc(),
                        CRM_CUSTOMER_CHANGE.LINE.desc())
                .limit(limit)
                .fetch(this::change);
    }

    private SelectOnConditionStep<Record> withKeys() {
        return session.dsl()
                .select(CRM_CUSTOMER_CHANGE.fields())
                .select(CRM_DATA_KEY.WRAPPED)
                .from(CRM_CUSTOMER_CHANGE)
                .leftJoin(CRM_DATA_KEY)
                .on(CRM_DATA_KEY.TENANT_ID.eq(CRM_CUSTOMER_CHANGE.TENANT_ID))
                .and(CRM_DATA_KEY.CUSTOMER_ID.eq(CRM_CUSTOMER_CHANGE.CUSTOMER_ID));
    }

    private static Condition by(ActorKind kind, String id) {
        return CRM_CUSTOMER_CHANGE.ACTOR_KIND.eq(kind.name()).and(CRM_CUSTOMER_CHANGE.ACTOR_ID.eq(id));
    }

    private static Condition within(@Nullable Instant from, @Nullable Instant until) {
        Condition within = noCondition();
        within = from == null ? within : within.and(CRM_CUSTOMER_CHANGE.AT_MS.ge(from.toEpochMilli()));
        return until == null ? within : within.and(CRM_CUSTOMER_CHANGE.AT_MS.lt(until.toEpochMilli()));
    }

    private Condition asked(HistoryQuery query, @Nullable Position before) {
        Condition asked = CRM_CUSTOMER_CHANGE
                .TENANT_ID
                .eq(tenant.value())
                .and(CRM_CUSTOMER_CHANGE.CUSTOMER_ID.eq(query.customer().value()));
        if (query.field() != null) {
            asked = asked.and(CRM_CUSTOMER_CHANGE.FIELD.eq(query.field()));
        }
        StaffId operator = query.operator();
        if (operator != null) {
            asked = asked.and(by(ActorKind.STAFF, operator.value()));
        }
        asked = asked.and(within(query.from(), query.until()));
        return before == null
                ? asked
                : asked.and(row(CRM_CUSTOMER_CHANGE.VERSION, CRM_CUSTOMER_CHANGE.LINE)
                        .lt(before.version(), before.line()));
    }

    private FieldChange change(Record row) {
        Long stated = row.get(CRM_CUSTOMER_CHANGE.STATED_MS);
        String store = row.get(CRM_CUSTOMER_CHANGE.STORE_ID);
        var actor = new Actor(
                ActorKind.valueOf(row.get(CRM_CUSTOMER_CHANGE.ACTOR_KIND)),
                row.get(CRM_CUSTOMER_CHANGE.ACTOR_ID),
                store == null ? null : StoreId.of(store),
                row.get(CRM_CUSTOMER_CHANGE.CHANNEL));
        return new FieldChange(
                CustomerId.of(row.get(CRM_CUSTOMER_CHANGE.CUSTOMER_ID)),
                row.get(CRM_CUSTOMER_CHANGE.VERSION),
                row.get(CRM_CUSTOMER_CHANGE.LINE),
                row.get(CRM_CUSTOMER_CHANGE.FIELD),
                text(row, CRM_CUSTOMER_CHANGE.BEFORE_VALUE, "before"),
                text(row, CRM_CUSTOMER_CHANGE.AFTER_VALUE, "after"),
                actor,
                Instant.ofEpochMilli(row.get(CRM_CUSTOMER_CHANGE.AT_MS)),
                stated == null ? null : Instant.ofEpochMilli(stated));
    }

    private @Nullable String text(Record row, Field<byte[]> column, String side) {
        byte[] stored = row.get(column);
        if (stored == null) {
            return null;
        }
        return sealing.text(context(row, side), row.get(CRM_DATA_KEY.WRAPPED), stored);
    }

    private FieldContext context(Record row, String side) {
        return context(
                CustomerId.of(row.get(CRM_CUSTOMER_CHANGE.CUSTOMER_ID)),
                row.get(CRM_CUSTOMER_CHANGE.VERSION),
                row.get(CRM_CUSTOMER_CHANGE.LINE),
                side);
    }

    private byte @Nullable [] sealed(FieldChange change, String side, @Nullable String value, byte @Nullable [] key) {
        return value == null
                ? null
                : sealing.seal(context(change.customer(), change.version(), change.line(), side), key, value);
    }

    private FieldContext context(CustomerId customer, long version, int line, String side) {
        return new FieldContext(tenant, customer, "crm_customer_change." + side + " " + version + "." + line);
    }
}
