package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps how far the synchronisation of tags with outside systems is. Thread-safe; every method joins the current transaction and never ends
 * it. Nothing of one tenant or channel is ever found or changed by a call for another (<b>[SY-1]</b>). What is found is what is committed, or
 * was written earlier in this transaction (<b>[SY-2]</b>). Numbered rules are checked by {@code SyncStoreContract} under the same numbers.
 */
public interface SyncStore {
    /** <b>[SY-3]</b> The latest run with a channel, as it was given. */
    Optional<SyncRun> run(TenantId tenant, String channel);

    /**
     * <b>[SY-4]</b> Keeps a run in the place of the one before, if that has the version before this one, or there is none and this is the
     * first; otherwise nothing is written and the answer is {@code false}. Of several at once one at most gets {@code true}.
     */
    boolean record(TenantId tenant, SyncRun run);

    /** <b>[SY-5]</b> The links of a channel, ascending by the ids of the outside tags. */
    List<SyncLink> links(TenantId tenant, String channel);

    /** <b>[SY-6]</b> Keeps links, each in the place of the one with its id. */
    void link(TenantId tenant, String channel, List<SyncLink> links);

    /** <b>[SY-7]</b> Deletes the links of these ids; nothing happens to others. */
    void unlink(TenantId tenant, String channel, Collection<String> ids);

    /** <b>[SY-8]</b> What is kept of customers by their references; a reference that was another customer's is not found. At most 1,000. */
    Map<String, SyncMark> marks(TenantId tenant, String channel, Map<String, CustomerId> customers);

    /** <b>[SY-9]</b> Keeps a mark in the place of the one of its customer and reference, as it was given. The caller {@link #lock locked} her. */
    void write(TenantId tenant, String channel, SyncMark mark);

    /**
     * <b>[SY-10]</b> The marks with something to be decided or a problem, ascending by customer and reference, from behind one, at most
     * {@code limit}.
     */
    List<SyncMark> open(TenantId tenant, String channel, @Nullable SyncMark after, int limit);

    /** <b>[SY-11]</b> Deletes at most {@code limit} marks of a customer, of all channels; how many. */
    int remove(TenantId tenant, CustomerId customer, int limit);

    /** <b>[SY-12]</b> All marks of a customer by channel, ascending, each channel's by reference. */
    SortedMap<String, List<SyncMark>> of(TenantId tenant, CustomerId customer);

    /**
     * <b>[SY-13]</b> Locks the records of customers until the transaction ends, in ascending order; where each of them stands, as whoever held
     * her lock before left it. Who is no customer is absent. <b>[SY-14]</b> Once her record is erased no mark of hers is left.
     */
    Map<CustomerId, Standing> lock(TenantId tenant, Collection<CustomerId> customers);
}
