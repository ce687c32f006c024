package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.selectOne;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.jdbc.schema.tables.CrmBehavior;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;

/** Gives events to another customer, by inserting them anew: a row never leaves the shard of its customer. Used once. */
final class BehaviorMoves {
    private static final Origins ORIGINS = new Origins(CRM_BEHAVIOR.ORIGINS);

    private final Session session;
    private final TenantId tenant;

    BehaviorMoves(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    int move(CustomerId from, CustomerId to) {
        int moved = copy(from, to, ORIGINS.and(from), inline(true).isTrue());
        delete(from, hasTwin(to, new Origins(twin().ORIGINS).endWith(from)));
        return moved;
    }

    int moveBack(CustomerId from, CustomerId to) {
        int moved = copy(from, to, ORIGINS.without(to), ORIGINS.endWith(to));
        delete(from, ORIGINS.endWith(to));
        return moved;
    }

    /** Copies events of one customer that meet a condition and whose id the other does not have. */
    private int copy(CustomerId from, CustomerId to, Field<String> origins, Condition which) {
        List<Field<?>> columns = List.of(CRM_BEHAVIOR.fields());
        List<Field<?>> values = columns.stream()
                .<Field<?>>map(column -> column.equals(CRM_BEHAVIOR.CUSTOMER_ID)
                        ? inline(to.value())
                        : column.equals(CRM_BEHAVIOR.ORIGINS) ? origins : column)
                .toList();
        return session.dsl()
                .insertInto(CRM_BEHAVIOR)
                .columns(columns)
                .select(select(values)
                        .from(CRM_BEHAVIOR)
                        .where(isOf(from))
                        .and(which)
                        .and(not(hasTwin(to, inline(true).isTrue()))))
                .execute();
    }

    private Condition hasTwin(CustomerId owner, Condition which) {
        return exists(selectOne()
                .from(twin())
                .where(twin().TENANT_ID.eq(tenant.value()))
                .and(twin().CUSTOMER_ID.eq(owner.value()))
                .and(twin().SOURCE.eq(CRM_BEHAVIOR.SOURCE))
                .and(twin().EVENT_ID.eq(CRM_BEHAVIOR.EVENT_ID))
                .and(which));
    }

    private void delete(CustomerId owner, Condition which) {
        session.dsl().deleteFrom(CRM_BEHAVIOR).where(isOf(owner)).and(which).execute();
    }

    private Condition isOf(CustomerId owner) {
        return CRM_BEHAVIOR.TENANT_ID.eq(tenant.value()).and(CRM_BEHAVIOR.CUSTOMER_ID.eq(owner.value()));
    }

    private static CrmBehavior twin() {
        return CRM_BEHAVIOR.as("twin");
    }
}
