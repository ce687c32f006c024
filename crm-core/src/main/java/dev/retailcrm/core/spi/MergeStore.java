package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Merge;
import java.util.List;

/**
 * Keeps which customers were merged, for ever. Thread-safe; every method joins the current transaction and never ends it. Nothing of one
 * tenant is ever found or changed by a call for another (<b>[MS-1]</b>). Numbered rules are checked by {@code MergeStoreContract} under the
 * same numbers.
 */
public interface MergeStore {
    /** <b>[MS-2]</b> Keeps a merge; the caller holds the locks of both customers. Kept if and only if this transaction is committed. */
    void write(TenantId tenant, Merge merge);

    /** <b>[MS-3]</b> Keeps that a merge was taken apart, and what could not be given back. */
    void end(TenantId tenant, Merge merge);

    /** <b>[MS-4]</b> All merges into a customer, ended or not, the latest first, as they were written. */
    List<Merge> of(TenantId tenant, CustomerId survivor);
}
