package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps when time alone will change automatic tags of customers, and which of them are to be asked about all customers. Thread-safe; every
 * method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another
 * (<b>[AU-1]</b>). What is found is what is committed, or was written earlier in this transaction (<b>[AU-2]</b>). Numbered rules are checked
 * by {@code AutoTagStoreContract} under the same numbers.
 */
public interface AutoTagStore {
    /**
     * <b>[AU-3]</b> Locks the records of these customers until the transaction ends, ascending by id, waiting for whoever holds them, as
     * {@link TagStore#lockAll} does, so that their tags can be locked later. One round trip.
     */
    void hold(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[AU-4]</b> When customers are due; who is not is left out. At most 1,000, in one round trip. */
    Map<CustomerId, Instant> due(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[AU-5]</b> Makes customers due at instants, in milliseconds, in the place of those before. The caller holds them. */
    void schedule(TenantId tenant, Map<CustomerId, Instant> due);

    /** <b>[AU-6]</b> Makes customers due no more; nothing happens to others. How many there were. */
    int unschedule(TenantId tenant, Set<CustomerId> customers);

    /** <b>[AU-7]</b> The customers who are due at an instant or were before it, the longest ago first, at most {@code limit}. */
    List<CustomerId> overdue(TenantId tenant, Instant at, int limit);

    /** <b>[AU-8]</b> Everything that is to be asked about all customers, by when it was started, then by key. */
    List<AutoTagRun> runs(TenantId tenant);

    /** <b>[AU-9]</b> Locks what is to be done of an automatic tag until the transaction ends, waiting for whoever holds it, as that one left it. */
    Optional<AutoTagRun> lockRun(TenantId tenant, String key);

    /** <b>[AU-10]</b> Keeps a run in the place of the one with its key, as it was given. */
    void write(TenantId tenant, AutoTagRun run);

    /** <b>[AU-11]</b> Deletes the run of a key; nothing happens if there is none. */
    void end(TenantId tenant, String key);
}
