package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Who was shown personal data of one tenant's customers, the latest first; kept for ever. Thread-safe. */
public final class AccessHistory {
    private final TenantId tenant;
    private final AccessLog log;
    private final UnitOfWork work;
    private final Access access;

    /** What this log kept of a tenant. */
    public AccessHistory(TenantId tenant, AccessLog log, UnitOfWork work) {
        this(
                Check.present(tenant, "tenant"),
                Check.present(log, "access log"),
                Check.present(work, "unit of work"),
                Access.unrestricted());
    }

    private AccessHistory(TenantId tenant, AccessLog log, UnitOfWork work, Access access) {
        this.tenant = tenant;
        this.log = log;
        this.work = work;
        this.access = access;
    }

    /** The same history, as far as this access permits. */
    public AccessHistory guardedBy(Access granted) {
        return new AccessHistory(tenant, log, work, Check.present(granted, "access"));
    }

    /**
     * Who was shown data of a customer; for one who was merged, what was shown under her old id stays there. One round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<AccessEntry> of(CustomerId customer, PageRequest page) {
        access.require(Right.READ_ACCESS_LOG, customer);
        return page(page, before -> log.of(tenant, customer, before, page.size() + 1));
    }

    /**
     * What an operator was shown, of whichever customer. One round trip.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<AccessEntry> by(StaffId staff, PageRequest page) {
        access.require(Right.READ_ACCESS_LOG);
        Check.present(staff, "staff");
        return page(page, before -> log.by(tenant, staff, before, page.size() + 1));
    }

    private Page<AccessEntry> page(PageRequest page, Function<@Nullable Long, List<AccessEntry>> query) {
        long last = Check.present(page, "page").afterNumber(0);
        if (last < 0) {
            throw CoreError.INVALID_CURSOR.because("not a cursor of this listing");
        }
        List<AccessEntry> found = work.read(() -> query.apply(last == 0 ? null : last));
        return Page.of(found, page.size(), entry -> Long.toString(entry.no()));
    }
}
