package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_CUSTOMER;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a locked row of {@code crm_customer} tells the features that are locked with it.
 *
 * @param status where she stands
 * @param mergedInto the customer she was merged into; {@code null} if she was not
 */
record RecordLock(CustomerStatus status, @Nullable CustomerId mergedInto) {
    /**
     * Where each of these stands who is a customer. Without jOOQ, whose records of thousands of rows cost a batch more than the index
     * does.
     */
    static Map<CustomerId, CustomerStore.Standing> standings(
            Session session, TenantId tenant, Collection<CustomerId> customers) {
        return standings(session, tenant, customers, "");
    }

    /**
     * The same, as whoever locked one left it, and nobody can lock them until the transaction ends. Others may hold them too, but on H2,
     * which has no shared locks; on PostgreSQL others may change what is no key, but every change of a record locks it first.
     */
    static Map<CustomerId, CustomerStore.Standing> held(
            Session session, TenantId tenant, Collection<CustomerId> customers) {
        String lock = switch (session.engine()) {
            case POSTGRESQL -> " FOR KEY SHARE";
            case MARIADB -> " LOCK IN SHARE MODE";
            case H2 -> " FOR UPDATE";
        };
        var found = standings(session, tenant, customers, " ORDER BY customer_id" + lock);
        session.markLocking();
        return found;
    }

    /** The same, as whoever locked one left it, and nobody else can lock or hold them until the transaction ends. */
    static Map<CustomerId, CustomerStore.Standing> locked(
            Session session, TenantId tenant, Collection<CustomerId> customers) {
        var found = standings(session, tenant, customers, " ORDER BY customer_id FOR UPDATE");
        session.markLocking();
        return found;
    }

    private static Map<CustomerId, CustomerStore.Standing> standings(
            Session session, TenantId tenant, Collection<CustomerId> customers, String suffix) {
        Map<CustomerId, CustomerStore.Standing> found = new HashMap<>(2 * customers.size());
        if (customers.isEmpty()) {
            return found;
        }
        var ids = new IdList(session.engine(), customers);
        session.query(
                "SELECT customer_id, status, merged_into, changed_ms FROM crm_customer WHERE tenant_id = ? AND customer_id "
                        + ids.in()
                        + suffix,
                statement -> ids.bind(new Bind(statement).text(tenant.value())),
                row -> found.put(
                        CustomerId.of(row.getLong(1)),
                        new CustomerStore.Standing(
                                CustomerStatus.valueOf(row.getString(2)),
                                Instant.ofEpochMilli(row.getLong(4)),
                                Column.customer(row.getObject(3, Long.class)))));
        return found;
    }

    /** Locks a customer's record with other statements; none if there is none. */
    static List<RecordLock> add(Together together, TenantId tenant, CustomerId customer) {
        return together.query(
                "SELECT status, merged_into FROM crm_customer WHERE tenant_id = ? AND customer_id = ? FOR UPDATE",
                bind -> bind.text(tenant.value()).number(customer.value()),
                row -> new RecordLock(
                        CustomerStatus.valueOf(row.getString(1)), Column.customer(row.getObject(2, Long.class))));
    }

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
