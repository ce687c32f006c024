package dev.retailcrm.tck;

import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessLog;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who was shown personal data, in memory. Thread-safe. */
final class InMemoryAccessLog implements AccessLog {
    private final InMemoryDatabase database;

    InMemoryAccessLog(InMemoryDatabase database) {
        this.database = database;
    }

    @Override
    public void write(TenantId tenant, List<AccessEntry> entries) {
        InMemoryTransaction transaction = database.unitOfWork().required();
        for (AccessEntry entry : entries) {
            ValueRow<AccessEntry> row =
                    database.tenant(tenant).accesses.computeIfAbsent(entry.no(), absent -> new ValueRow<>());
            transaction.lock(row);
            row.put(entry);
        }
    }

    @Override
    public List<AccessEntry> of(TenantId tenant, CustomerId customer, @Nullable Long before, int limit) {
        return entries(tenant, entry -> entry.customer().equals(customer), before, limit);
    }

    @Override
    public List<AccessEntry> by(TenantId tenant, StaffId staff, @Nullable Long before, int limit) {
        return entries(tenant, entry -> entry.staff().equals(staff), before, limit);
    }

    private List<AccessEntry> entries(TenantId tenant, Predicate<AccessEntry> asked, @Nullable Long before, int limit) {
        InMemoryTransaction reader = database.unitOfWork().joined();
        long end = before == null ? Long.MAX_VALUE : before;
        return database.tenant(tenant).accesses.headMap(end, false).descendingMap().values().stream()
                .flatMap(row -> row.value(reader).stream())
                .filter(asked)
                .limit(limit)
                .toList();
    }
}
