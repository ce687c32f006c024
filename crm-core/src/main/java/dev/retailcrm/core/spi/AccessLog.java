package dev.retailcrm.core.spi;

import dev.retailcrm.core.access.AccessEntry;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who was shown personal data of whom, for ever. Thread-safe; every method joins the current transaction and never ends it. Nothing
 * of one tenant is ever found by a call for another (<b>[AL-1]</b>). Numbered rules are checked by {@code AccessLogContract} under the same
 * numbers.
 */
public interface AccessLog {
    /**
     * <b>[AL-2]</b> Keeps these entries, all or none, if and only if this transaction is committed. Neither are the customers locked nor
     * must they exist. In one round trip.
     */
    void write(TenantId tenant, List<AccessEntry> entries);

    /**
     * <b>[AL-3]</b> Entries about a customer by descending number, as they were written; also of one who was merged or erased.
     *
     * @param before only numbers below; {@code null} to start
     * @param limit at least 1
     */
    List<AccessEntry> of(TenantId tenant, CustomerId customer, @Nullable Long before, int limit);

    /** <b>[AL-4]</b> Entries about all customers by what one operator was shown, otherwise as {@link #of}. */
    List<AccessEntry> by(TenantId tenant, StaffId staff, @Nullable Long before, int limit);
}
