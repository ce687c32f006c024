package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps when time alone will change what rules say of customers, and which rules are to be asked about all customers: of automatic tags, or of
 * audiences, each in a store of its own. Thread-safe; every
 * method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another
 * (<b>[DU-1]</b>). What is found is what is committed, or was written earlier in this transaction (<b>[DU-2]</b>). Numbered rules are checked
 * by {@code DueStoreContract} under the same numbers.
 */
public interface DueStore {
    /**
     * <b>[DU-3]</b> Locks the records of these customers until the transaction ends, ascending by id, waiting for whoever holds them, as
     * whoever changes tags or audiences of theirs does, so that those can be locked later. One round trip.
     */
    void hold(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[DU-4]</b> When customers are due; who is not is left out. At most 1,000, in one round trip. */
    Map<CustomerId, Instant> due(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[DU-5]</b> Makes customers due at instants, in milliseconds, in the place of those before. The caller holds them. */
    void schedule(TenantId tenant, Map<CustomerId, Instant> due);

    /** <b>[DU-6]</b> Makes customers due no more; nothing happens to others. How many there were. */
    int unschedule(TenantId tenant, Set<CustomerId> customers);

    /** <b>[DU-7]</b> The customers who are due at an instant or were before it, the longest ago first, at most {@code limit}. */
    List<CustomerId> overdue(TenantId tenant, Instant at, int limit);

    /** <b>[DU-8]</b> Everything that is to be asked about all customers, by when it was started, then by key. */
    List<RuleRun> runs(TenantId tenant);

    /** <b>[DU-9]</b> Locks what is to be done of a rule until the transaction ends, waiting for whoever holds it, as that one left it. */
    Optional<RuleRun> lockRun(TenantId tenant, String key);

    /** <b>[DU-10]</b> Keeps a run in the place of the one with its key, as it was given. */
    void write(TenantId tenant, RuleRun run);

    /** <b>[DU-11]</b> Deletes the run of a key; nothing happens if there is none. */
    void end(TenantId tenant, String key);
}
