package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the stages at which customers are. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant
 * is ever found or changed by a call for another (<b>[LC-1]</b>). Numbered rules are checked by {@code StageStoreContract} under the same
 * numbers.
 */
public interface StageStore {
    /** <b>[LC-2]</b> The stage as committed, or as written earlier in this transaction. Empty if none was ever written. */
    Optional<StageSnapshot> find(TenantId tenant, CustomerId customer);

    /**
     * <b>[LC-3]</b> Locks the stages of these customers until the transaction ends, in the order of their ids, waiting for whoever holds
     * them, and returns them as the holders before left them, even where the transaction reads from an older snapshot. Customers whose stage
     * was never written are absent.
     */
    Map<CustomerId, StageSnapshot> lock(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[LC-4]</b> Writes what became of the stages of different customers of one tenant, with the events, if and only if this transaction
     * is committed. The caller holds the locks of the stages; of one that is written for the first time, that of the customer's trade.
     */
    void applyAll(List<StageChange> changes);

    /** <b>[LC-5]</b> Customers whose stage time alone changes at {@code at} or before, the longest ago first, at most {@code limit}. */
    List<CustomerId> due(TenantId tenant, Instant at, int limit);
}
