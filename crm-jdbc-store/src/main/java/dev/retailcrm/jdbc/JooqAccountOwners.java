package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jooq.Record1;
import org.jooq.SelectConditionStep;

/** Owners of accounts are registered customers. */
final class JooqAccountOwners implements AccountOwners {
    private final JdbcUnitOfWork work;

    JooqAccountOwners(JdbcUnitOfWork work) {
        this.work = work;
    }

    /**
     * {@inheritDoc}
     *
     * <p>On MariaDB a plain read may be as old as the host's transaction; a locking one is not, but it locks the gaps of customers who
     * do not exist, and so comes second and only for those not seen.
     */
    @Override
    public Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        Set<CustomerId> found = new HashSet<>();
        query(session, tenant, customers).forEach(row -> found.add(CustomerId.of(row.value1())));
        List<CustomerId> unseen =
                customers.stream().filter(customer -> !found.contains(customer)).toList();
        if (!unseen.isEmpty() && session.isCommand() && session.engine() == Engine.MARIADB) {
            query(session, tenant, unseen).forShare().forEach(row -> found.add(CustomerId.of(row.value1())));
        }
        return found;
    }

    @Override
    public Optional<CustomerId> survivor(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        var query = session.dsl()
                .select(CRM_CUSTOMER.MERGED_INTO)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_CUSTOMER.MERGED_INTO.isNotNull());
        return session.fetchFresh(query).stream()
                .map(row -> CustomerId.of(row.value1()))
                .findFirst();
    }

    private static SelectConditionStep<Record1<Long>> query(
            Session session, TenantId tenant, Collection<CustomerId> customers) {
        return session.dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.MERGED_INTO.isNull())
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()));
    }
}
