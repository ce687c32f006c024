package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagOutcome;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps batches of tags, how far they got, and whom they did not change; whom they changed is found by the entries that {@link TagStore}
 * keeps. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a
 * call for another (<b>[TB-1]</b>). Numbered rules are checked by {@code TagBatchStoreContract} under the same numbers.
 */
public interface TagBatchStore {
    /** <b>[TB-2]</b> A batch; empty if there is none with this id. */
    Optional<TagBatchProgress> find(TenantId tenant, String batch);

    /** <b>[TB-3]</b> Locks a batch until the transaction ends, waiting for whoever holds it, and returns it as that one left it. */
    Optional<TagBatchProgress> lock(TenantId tenant, String batch);

    /** <b>[TB-4]</b> Makes a batch; {@code false} if there is one with its id, and no unique violation reaches the current transaction. */
    boolean open(TenantId tenant, TagBatchProgress batch);

    /**
     * <b>[TB-5]</b> Writes how far a batch got, and whom it did not change, all or nothing, as it was given. The caller holds the lock. Of a
     * customer who is told already, or was changed, what is told first stays.
     */
    void write(TenantId tenant, TagBatchProgress batch, List<TagOutcome> outcomes);

    /** <b>[TB-6]</b> Those of these customers for whom a batch did something, or of whom it told that it did not. */
    Set<CustomerId> known(TenantId tenant, String batch, Collection<CustomerId> customers);

    /** <b>[TB-7]</b> What a batch did for each customer, with ids above {@code after}, or all, ascending, at most {@code limit}. */
    List<TagOutcome> outcomes(TenantId tenant, String batch, @Nullable CustomerId after, int limit);

    /** <b>[TB-8]</b> The customers a batch changed, with ids above {@code after}, or all, ascending, at most {@code limit}. */
    List<CustomerId> changed(TenantId tenant, String batch, @Nullable CustomerId after, int limit);

    /**
     * <b>[TB-9]</b> The entries that a batch made of these customers and after which nothing became of their tag, ascending by number. The
     * caller holds the lock of the customers.
     */
    Map<CustomerId, List<TagEntry>> lasting(TenantId tenant, String batch, Collection<CustomerId> customers);
}
