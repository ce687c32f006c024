package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmDataKey.CRM_DATA_KEY;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Optional;
import org.jooq.Condition;

/** The row of one customer's data key, within one session. */
final class DataKeys {
    private final Session session;
    private final TenantId tenant;
    private final CustomerId customer;

    DataKeys(Session session, TenantId tenant, CustomerId customer) {
        this.session = session;
        this.tenant = tenant;
        this.customer = customer;
    }

    Optional<byte[]> find() {
        return session.dsl()
                .select(CRM_DATA_KEY.WRAPPED)
                .from(CRM_DATA_KEY)
                .where(isHers())
                .fetchOptional(CRM_DATA_KEY.WRAPPED);
    }

    void insert(byte[] key) {
        session.dsl().insertInto(CRM_DATA_KEY).set(columns(key).map()).execute();
    }

    /** The columns of her key. */
    NewRow columns(byte[] key) {
        NewRow columns = new NewRow();
        columns.put(CRM_DATA_KEY.TENANT_ID, tenant.value());
        columns.put(CRM_DATA_KEY.CUSTOMER_ID, customer.value());
        columns.put(CRM_DATA_KEY.WRAPPED, key);
        return columns;
    }

    void update(byte[] key) {
        session.dsl()
                .update(CRM_DATA_KEY)
                .set(CRM_DATA_KEY.WRAPPED, key)
                .where(isHers())
                .execute();
    }

    void delete() {
        session.dsl().deleteFrom(CRM_DATA_KEY).where(isHers()).execute();
    }

    private Condition isHers() {
        return CRM_DATA_KEY.TENANT_ID.eq(tenant.value()).and(CRM_DATA_KEY.CUSTOMER_ID.eq(customer.value()));
    }
}
