package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.and;
import static org.jooq.impl.DSL.not;
import static org.jooq.impl.DSL.or;

import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Puts the clauses of a rule into a statement over {@code crm_customer}. A few customers are looked up one by one; of many, what rows come
 * to is worked out once for all and joined, and so is everything that does not stand alone, which no engine joins by itself. Not
 * thread-safe.
 */
final class RuleSelect {
    /** Engines join few tables well, and one of them 61 at most. */
    private static final int MAX_JOINS = 20;

    private final String tenant;
    private final CrmCustomer customer;
    private final boolean whole;
    private final RuleScope scope;
    private final List<Condition> conditions = new ArrayList<>();
    private Table<?> from;
    private int joins;

    /**
     * Starts with all customers.
     *
     * @param whole whether all who belong are asked for, and not a few
     */
    RuleSelect(String tenant, CrmCustomer customer, boolean whole) {
        this(tenant, customer, whole, RuleScope.ALL);
    }

    /** @param scope those who are asked about */
    RuleSelect(String tenant, CrmCustomer customer, boolean whole, RuleScope scope) {
        this.tenant = tenant;
        this.customer = customer;
        this.whole = whole;
        this.scope = scope;
        this.from = customer;
    }

    Table<?> from() {
        return from;
    }

    Condition where() {
        return and(conditions);
    }

    /** Requires a clause. */
    RuleSelect require(RuleClause clause) {
        if (clause instanceof RuleClause.All all) {
            all.parts().forEach(this::require);
        } else if (clause instanceof RuleClause.Among among) {
            conditions.add(alone(among.customers()));
        } else if (clause instanceof RuleClause.Negation negation) {
            refuse(negation.part());
        } else {
            conditions.add(condition(clause));
        }
        return this;
    }

    private void refuse(RuleClause clause) {
        if (clause instanceof RuleClause.Any any) {
            any.parts().forEach(this::refuse);
        } else if (clause instanceof RuleClause.Negation negation) {
            require(negation.part());
        } else if (clause instanceof RuleClause.Among among) {
            conditions.add(not(alone(among.customers())));
        } else {
            conditions.add(not(condition(clause)));
        }
    }

    /** Engines join what stands alone by themselves, unless it is grouped. */
    private Condition alone(RuleSet set) {
        return set.having() == null ? has(set) : among(set);
    }

    private Condition condition(RuleClause clause) {
        if (clause instanceof RuleClause.All all) {
            return and(all.parts().stream().map(this::condition).toList());
        } else if (clause instanceof RuleClause.Any any) {
            return or(any.parts().stream().map(this::condition).toList());
        } else if (clause instanceof RuleClause.Negation negation) {
            return not(condition(negation.part()));
        } else if (clause instanceof RuleClause.Among among) {
            return among(among.customers());
        }
        return ((RuleOfRow) clause).condition();
    }

    private Condition has(RuleSet set) {
        return set.has(tenant, customer.CUSTOMER_ID);
    }

    private Condition among(RuleSet set) {
        if (!whole || joins == MAX_JOINS) {
            return has(set);
        }
        Table<?> all = set.all(tenant, scope).asTable("j" + ++joins);
        Field<Long> id = all.field(set.customer().getName(), Long.class);
        from = from.leftJoin(all).on(id.eq(customer.CUSTOMER_ID));
        return id.isNotNull();
    }
}
