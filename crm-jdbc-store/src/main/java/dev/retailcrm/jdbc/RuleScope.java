package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.Collection;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Which customers a statement is about. */
interface RuleScope {
    /** All of the tenant. */
    RuleScope ALL = customer -> noCondition();

    /** Whether a customer is in it. */
    Condition holds(Field<Long> customer);

    /** Those between two ids, the first exclusive, the last inclusive; {@code null} for no bound. */
    static RuleScope between(@Nullable CustomerId after, @Nullable CustomerId last) {
        return customer -> (after == null ? noCondition() : customer.gt(after.value()))
                .and(last == null ? noCondition() : customer.le(last.value()));
    }

    /** These. */
    static RuleScope of(Collection<CustomerId> customers) {
        List<Long> ids = Column.ids(customers);
        return customer -> ids.size() == 1 ? customer.eq(ids.get(0)) : customer.in(ids);
    }
}
