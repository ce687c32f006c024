package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR_TYPE;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;

import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.jdbc.schema.tables.CrmBehaviorType;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** The event types of a tenant in {@code crm_behavior_type}, within one session. */
final class BehaviorTypes {
    private final Session session;
    private final TenantId tenant;

    BehaviorTypes(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    List<BehaviorType> named(Collection<String> names) {
        return latest(CRM_BEHAVIOR_TYPE.NAME.in(names), names.size());
    }

    List<BehaviorType> after(@Nullable String name, int limit) {
        return latest(name == null ? noCondition() : CRM_BEHAVIOR_TYPE.NAME.gt(name), limit);
    }

    List<BehaviorType> expiring() {
        return latest(CRM_BEHAVIOR_TYPE.RETENTION_DAYS.isNotNull(), Integer.MAX_VALUE);
    }

    private List<BehaviorType> latest(Condition which, int limit) {
        CrmBehaviorType other = CRM_BEHAVIOR_TYPE.as("other");
        return session.dsl()
                .selectFrom(CRM_BEHAVIOR_TYPE)
                .where(CRM_BEHAVIOR_TYPE.TENANT_ID.eq(tenant.value()))
                .and(which)
                .and(CRM_BEHAVIOR_TYPE.VERSION.eq(select(max(other.VERSION))
                        .from(other)
                        .where(other.TENANT_ID.eq(CRM_BEHAVIOR_TYPE.TENANT_ID))
                        .and(other.NAME.eq(CRM_BEHAVIOR_TYPE.NAME))))
                .orderBy(CRM_BEHAVIOR_TYPE.NAME)
                .limit(limit)
                .fetch(BehaviorRows::type);
    }

    /** A version, in a command also one that was committed while the command's transaction ran. */
    Optional<BehaviorType> version(String name, int version) {
        var query = session.dsl()
                .selectFrom(CRM_BEHAVIOR_TYPE)
                .where(CRM_BEHAVIOR_TYPE.TENANT_ID.eq(tenant.value()))
                .and(CRM_BEHAVIOR_TYPE.NAME.eq(name))
                .and(CRM_BEHAVIOR_TYPE.VERSION.eq(version));
        var found = session.isCommand() && session.engine() == Engine.MARIADB
                ? query.forShare().fetchOptional()
                : query.fetchOptional();
        return found.map(BehaviorRows::type);
    }

    boolean define(BehaviorType type) {
        var insert = session.dsl().insertQuery(CRM_BEHAVIOR_TYPE);
        insert.addValue(CRM_BEHAVIOR_TYPE.TENANT_ID, tenant.value());
        insert.addValue(CRM_BEHAVIOR_TYPE.NAME, type.name());
        insert.addValue(CRM_BEHAVIOR_TYPE.VERSION, type.version());
        insert.addValue(CRM_BEHAVIOR_TYPE.PROPERTIES, BehaviorRows.text(type.properties()));
        insert.addValue(CRM_BEHAVIOR_TYPE.RETENTION_DAYS, type.retentionDays());
        insert.addValue(CRM_BEHAVIOR_TYPE.RETIRED, type.retired());
        return Inserts.unlessPresent(session, insert) == 1;
    }
}
