package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what customers earned and why, and how much of caps they used. Thread-safe; every method joins the current transaction and never ends it.
 * Nothing of one tenant is ever found or changed by a call for another (<b>[EP-1]</b>). What is found is what is committed, or was written earlier
 * in this transaction; under the lock of her wallet also what was committed while it was waited for (<b>[EP-2]</b>). Numbered rules are
 * checked by {@code EarnStoreContract} under the same numbers.
 */
public interface EarnStore {
    /** <b>[EP-3]</b> What a customer used over these periods, in all programs; several rows may name the same. One round trip. */
    List<CapUse> uses(TenantId tenant, CustomerId customer, Collection<String> periods);

    /** <b>[EP-4]</b> The number of what she earned last; 0 if nothing. */
    long last(TenantId tenant, CustomerId customer);

    /**
     * <b>[EP-5]</b> Writes a decision, all or nothing, and returns {@code false} if its key was booked for the customer before, by whatever command.
     * Never raises a unique violation in the transaction. Her wallet is locked. <b>[EP-6]</b> Everything is kept as it was given; uses are added to
     * those there are.
     */
    boolean apply(EarnChange change);

    /** <b>[EP-7]</b> What a customer earned under a number; empty if there is none. */
    Optional<Earned> find(TenantId tenant, CustomerId customer, long no);

    /** <b>[EP-8]</b> What she earned, with numbers above {@code after}, ascending, at most {@code limit}. */
    List<Earned> list(TenantId tenant, CustomerId customer, long after, int limit);

    /** <b>[EP-9]</b> What one customer used is used by the other as well from now on. The wallets of both are locked. */
    void adopt(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[EP-10]</b> Takes back {@link #adopt}. */
    void disown(TenantId tenant, CustomerId from, CustomerId to);

    /** <b>[EP-11]</b> Deletes at most {@code limit} rows of a customer, what she used last; how many. Her record is locked. */
    int remove(TenantId tenant, CustomerId customer, int limit);
}
