package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.tables.CrmAccess.CRM_ACCESS;

import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessLog;
import java.time.Instant;
import java.util.List;
import org.jooq.Condition;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/** Who was shown personal data, in {@code crm_access}. Thread-safe. */
final class JooqAccessLog implements AccessLog {
    private final JdbcUnitOfWork work;

    JooqAccessLog(JdbcUnitOfWork work) {
        this.work = work;
    }

    @Override
    public void write(TenantId tenant, List<AccessEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var insert = work.session().dsl().insertQuery(CRM_ACCESS);
        for (AccessEntry entry : entries) {
            insert.newRecord();
            insert.addValue(CRM_ACCESS.TENANT_ID, tenant.value());
            insert.addValue(CRM_ACCESS.CUSTOMER_ID, entry.customer().value());
            insert.addValue(CRM_ACCESS.ENTRY_NO, entry.no());
            insert.addValue(CRM_ACCESS.AT_MS, entry.at().toEpochMilli());
            insert.addValue(CRM_ACCESS.STAFF_ID, entry.staff().value());
            insert.addValue(CRM_ACCESS.ACCESS_RIGHT, entry.right().name());
            insert.addValue(CRM_ACCESS.PURPOSE, entry.purpose());
        }
        insert.execute();
    }

    @Override
    public List<AccessEntry> of(TenantId tenant, CustomerId customer, @Nullable Long before, int limit) {
        return entries(tenant, CRM_ACCESS.CUSTOMER_ID.eq(customer.value()), before, limit);
    }

    @Override
    public List<AccessEntry> by(TenantId tenant, StaffId staff, @Nullable Long before, int limit) {
        return entries(tenant, CRM_ACCESS.STAFF_ID.eq(staff.value()), before, limit);
    }

    private List<AccessEntry> entries(TenantId tenant, Condition whose, @Nullable Long before, int limit) {
        Condition asked = CRM_ACCESS.TENANT_ID.eq(tenant.value()).and(whose);
        return work.session()
                .dsl()
                .selectFrom(CRM_ACCESS)
                .where(before == null ? asked : asked.and(CRM_ACCESS.ENTRY_NO.lt(before)))
                .orderBy(CRM_ACCESS.ENTRY_NO.desc())
                .limit(limit)
                .fetch(JooqAccessLog::entry);
    }

    private static AccessEntry entry(Record row) {
        return new AccessEntry(
                row.get(CRM_ACCESS.ENTRY_NO),
                CustomerId.of(row.get(CRM_ACCESS.CUSTOMER_ID)),
                Instant.ofEpochMilli(row.get(CRM_ACCESS.AT_MS)),
                StaffId.of(row.get(CRM_ACCESS.STAFF_ID)),
                Right.valueOf(row.get(CRM_ACCESS.ACCESS_RIGHT)),
                row.get(CRM_ACCESS.PURPOSE));
    }
}
