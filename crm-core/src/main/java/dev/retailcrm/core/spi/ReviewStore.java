package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.merge.Review;
import dev.retailcrm.core.merge.ReviewEntry;
import dev.retailcrm.core.merge.ReviewStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps pairs of customers who may be one person, and what was decided about them, for ever. Thread-safe; every method joins the current
 * transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[RV-1]</b>). Once a customer is erased by
 * {@link CustomerStore#apply}, her reviews that wait are {@link ReviewStatus#ERASED} (<b>[RV-9]</b>). Numbered rules are
 * checked by {@code ReviewStoreContract} under the same numbers.
 */
public interface ReviewStore {
    /** <b>[RV-2]</b> All reviews in whose two any of these customers are by now, in no order, as committed or as written earlier in this transaction. */
    List<Review> of(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[RV-3]</b> The same, locked until the transaction ends, by ascending ids, and as the holder before left them, even where the
     * transaction reads from an older snapshot.
     */
    List<Review> lock(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[RV-4]</b> Locks the records of customers until the transaction ends, by ascending ids, and tells which of them exist and are neither
     * erased nor merged into another. One round trip.
     */
    Set<CustomerId> lockLiving(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[RV-5]</b> Keeps reviews and entries as they were given, if and only if this transaction is committed. The caller holds the locks of the
     * customers of those that are new, and of those that change.
     *
     * @param added reviews that are new
     * @param changed reviews in place of those before, of the same {@code first} and {@code second}
     */
    void write(TenantId tenant, List<Review> added, List<Review> changed, List<ReviewEntry> entries);

    /**
     * <b>[RV-6]</b> Reviews of a status by descending probability, then by ascending ids, at most {@code limit}.
     *
     * @param assignee only those that this one looks into; {@code null} for all
     * @param after only those behind this one; {@code null} to begin
     */
    List<Review> queue(
            TenantId tenant, ReviewStatus status, @Nullable StaffId assignee, @Nullable Place after, int limit);

    /** <b>[RV-7]</b> How many reviews of each status there are; statuses without any are left out. */
    Map<ReviewStatus, Long> counts(TenantId tenant);

    /** <b>[RV-8]</b> The entries of a review with numbers above {@code after}, ascending, at most {@code limit}. */
    List<ReviewEntry> entries(TenantId tenant, CustomerId first, CustomerId second, long after, int limit);

    /**
     * Where a review stands in a queue.
     *
     * @param millionths its probability
     * @param first its lower id
     * @param second its other id
     */
    record Place(int millionths, CustomerId first, CustomerId second) {}
}
