package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPoint;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps where customers stand in programs of tiers, and the history of that, and tells what is measured. Thread-safe; every method joins the current
 * transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[TI-1]</b>). What is found is what is
 * committed, or was written earlier in this transaction (<b>[TI-2]</b>). Numbered rules are checked by {@code TierStoreContract} under the same
 * numbers.
 */
public interface TierStore {
    /**
     * <b>[TI-3]</b> Locks the records of these customers until the transaction ends, ascending by id, waiting for whoever holds them, and returns where
     * they stand as the holders before left it. Who is no customer is left out. At most 1,000, in two round trips.
     */
    Map<CustomerId, TierSnapshot> lock(TenantId tenant, Collection<CustomerId> customers);

    /** <b>[TI-4]</b> The same without locks, in one round trip; who was merged answers for herself. */
    Map<CustomerId, TierSnapshot> find(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[TI-5]</b> Writes decisions about different customers, all or nothing and as given, in a number of round trips that does not grow with them.
     * The caller holds their locks. <b>[TI-6]</b> Returns {@code false} and has written nothing if a key was booked for its customer before; a change
     * with a key is alone.
     */
    boolean apply(List<TierChange> changes);

    /** <b>[TI-7]</b> The entries of a customer with numbers above {@code after}, ascending, at most {@code limit}. */
    List<TierEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /**
     * <b>[TI-8]</b> What is measured of customers from an instant on, in no order; who has nothing is left out. At most 1,000 customers, in one round
     * trip.
     */
    Map<CustomerId, List<TierPoint>> points(
            TenantId tenant, TierMeasure measure, Collection<CustomerId> customers, Instant from);

    /** <b>[TI-9]</b> Active customers with ids above {@code after}, or all, ascending, at most {@code limit}. */
    List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit);

    /** <b>[TI-10]</b> Deletes at most {@code limit} rows of a customer; how many. Her record is locked. */
    int remove(TenantId tenant, CustomerId customer, int limit);
}
