package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmCustomer.CRM_CUSTOMER;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Owners of accounts are registered customers. */
final class JooqAccountOwners implements AccountOwners {
    private final JdbcUnitOfWork work;

    JooqAccountOwners(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public Set<CustomerId> existing(TenantId tenant, Collection<CustomerId> customers) {
        Set<CustomerId> found = new HashSet<>();
        work.session()
                .dsl()
                .select(CRM_CUSTOMER.CUSTOMER_ID)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.in(
                        customers.stream().map(CustomerId::value).toList()))
                .forEach(row -> found.add(CustomerId.of(row.value1())));
        return found;
    }
}
