package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.selectOne;

import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * Customers with rows of some kind: those themselves, or those whose rows together come to something. Immutable.
 *
 * @param rows the table, or several joined
 * @param tenant its tenant
 * @param customer whose row it is
 * @param where which rows
 * @param having what the rows of a customer come to; {@code null} if one row is enough
 */
record RuleSet(
        Table<?> rows,
        Field<String> tenant,
        Field<Long> customer,
        Condition where,
        @Nullable Condition having) {
    /** Customers with such a row. */
    static RuleSet of(Table<?> rows, Field<String> tenant, Field<Long> customer, Condition where) {
        return new RuleSet(rows, tenant, customer, where, null);
    }

    /** Customers with a row of these that is also like this. */
    RuleSet where(Condition condition) {
        return new RuleSet(rows, tenant, customer, where.and(condition), having);
    }

    /** Those of them whose rows come to this. */
    RuleSet having(Condition condition) {
        return new RuleSet(rows, tenant, customer, where, condition);
    }

    /** Whether the customer of an outer row is among them. */
    Condition has(String ofTenant, Field<Long> outer) {
        SelectConditionStep<?> select = selectOne()
                .from(rows)
                .where(tenant.eq(ofTenant))
                .and(customer.eq(outer))
                .and(where);
        return having == null
                ? DSL.exists(select)
                : DSL.exists(select.groupBy(customer).having(having));
    }

    /** All of them in a scope, each once. */
    Select<Record1<Long>> all(String ofTenant, RuleScope scope) {
        var select = DSL.select(customer)
                .from(rows)
                .where(tenant.eq(ofTenant))
                .and(scope.holds(customer))
                .and(where);
        return having == null
                ? select.groupBy(customer)
                : select.groupBy(customer).having(having);
    }
}
