package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;
import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CompiledEventValues;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.EventTally;
import dev.retailcrm.core.rule.RuleTally;
import dev.retailcrm.core.spi.RuleQuery;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.jdbc.schema.tables.CrmCustomer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/** Rules as one statement over {@code crm_customer} and the tables that they ask about. Thread-safe. */
final class JooqRuleStore implements RuleStore {
    /** From so many customers on all who belong are worked out together. */
    static final int MANY = 5_000;

    private final JdbcUnitOfWork work;
    private final Sealing sealing;

    JooqRuleStore(JdbcUnitOfWork work, Sealing sealing) {
        this.work = work;
        this.sealing = sealing;
    }

    @Override
    public Map<CustomerId, CustomerFacts> facts(TenantId tenant, RuleQuery query, Collection<CustomerId> customers) {
        return customers.isEmpty() ? Map.of() : new RuleFacts(work.session(), sealing, tenant, query).of(customers);
    }

    @Override
    public List<CustomerId> members(TenantId tenant, RuleQuery query, @Nullable CustomerId after, int limit) {
        Session session = work.session();
        CrmCustomer customer = CRM_CUSTOMER.as("c");
        RuleSelect select = select(session, tenant, query, customer, limit >= MANY);
        return session.dsl()
                .select(customer.CUSTOMER_ID)
                .from(select.from())
                .where(isActive(customer, tenant))
                .and(after == null ? noCondition() : customer.CUSTOMER_ID.gt(after.value()))
                .and(select.where())
                .orderBy(customer.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public long count(TenantId tenant, RuleQuery query) {
        Session session = work.session();
        CrmCustomer customer = CRM_CUSTOMER.as("c");
        RuleSelect select = select(session, tenant, query, customer, true);
        Integer found = session.dsl()
                .select(DSL.count())
                .from(select.from())
                .where(isActive(customer, tenant))
                .and(select.where())
                .fetchOne(0, Integer.class);
        return found == null ? 0 : found;
    }

    @Override
    public RuleTally tally(TenantId tenant, RuleQuery query, Set<String> fields, Set<String> tags) {
        return tallies(tenant, query).of(count(tenant, query), fields, tags);
    }

    @Override
    public EventTally tallyEvents(TenantId tenant, RuleQuery query, CompiledEventValues values) {
        return new EventTally(count(tenant, query), tallies(tenant, query).events(values));
    }

    private RuleTallies tallies(TenantId tenant, RuleQuery query) {
        Session session = work.session();
        CrmCustomer customer = CRM_CUSTOMER.as("c");
        RuleSelect select = select(session, tenant, query, customer, true);
        Table<?> members = session.dsl()
                .select(customer.CUSTOMER_ID)
                .from(select.from())
                .where(isActive(customer, tenant))
                .and(select.where())
                .asTable("m");
        return new RuleTallies(session, tenant, query, members);
    }

    private RuleSelect select(Session session, TenantId tenant, RuleQuery query, CrmCustomer customer, boolean whole) {
        var sql = new RuleSql(session.engine(), tenant, sealing, customer, query);
        RuleClause clause = query.rule().at(query.asOf()).translate(sql);
        return new RuleSelect(tenant.value(), customer, whole).require(clause);
    }

    static Condition isActive(CrmCustomer customer, TenantId tenant) {
        return customer.TENANT_ID
                .eq(tenant.value())
                .and(customer.STATUS.eq(CustomerStatus.ACTIVE.name()))
                .and(customer.MERGED_INTO.isNull());
    }

    /** What a catalog has that the kernel keeps nothing of. */
    static CrmException unsupported(String what) {
        return CoreError.RULE_UNSUPPORTED.because("%s cannot be asked about here", what);
    }
}
