package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a locked row of {@code crm_customer} tells the features that are locked with it.
 *
 * @param status where she stands
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 */
record RecordLock(CustomerStatus status, @Nullable CustomerId mergedInto) {
    /** Locks a customer's record until the transaction ends; empty if there is none. */
    static Optional<RecordLock> on(Session session, TenantId tenant, CustomerId customer) {
        Optional<RecordLock> lock = session.dsl()
                .select(CRM_CUSTOMER.STATUS, CRM_CUSTOMER.MERGED_INTO)
                .from(CRM_CUSTOMER)
                .where(CRM_CUSTOMER.TENANT_ID.eq(tenant.value()))
                .and(CRM_CUSTOMER.CUSTOMER_ID.eq(customer.value()))
                .forUpdate()
                .fetchOptional(
                        row -> new RecordLock(CustomerStatus.valueOf(row.value1()), Column.customer(row.value2())));
        session.markLocking();
        return lock;
    }
}
