package dev.retailcrm.core.spi;

import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the proofs of consent, for ever. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant
 * is ever found or changed by a call for another (<b>[CO-1]</b>). Numbered rules are checked by {@code ConsentStoreContract} under the
 * same numbers; 9 by {@code MergeContract}.
 */
public interface ConsentStore {
    /**
     * <b>[CO-2]</b> The consent of each of these customers who exists, also of those about whom nothing was recorded, as committed, or as
     * written earlier in this transaction. Customers who do not exist are left out. <b>[CO-3]</b> Up to 1,000 customers are found in a
     * number of round trips that does not grow with them.
     */
    Map<CustomerId, ConsentSnapshot> findAll(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[CO-4]</b> Locks the customer's consent until the transaction ends, waiting for whoever holds it, and returns it as the holder
     * before left it, even where the transaction reads from an older snapshot. Empty if there is no such customer.
     */
    Optional<ConsentSnapshot> lock(TenantId tenant, CustomerId customer);

    /**
     * Writes a decision, all or nothing: the proof, the request key and the event. The caller holds the lock.
     *
     * <p><b>[CO-5]</b> If the request key is booked for the customer already, nothing is written and the answer is {@code false}; no
     * unique violation reaches the current transaction. <b>[CO-6]</b> Proof, key and event are kept if and only if this transaction is
     * committed. <b>[CO-7]</b> Keys and tokens are kept byte for byte, and everything else of a proof as it was given.
     */
    boolean apply(ConsentChange change);

    /**
     * <b>[CO-9]</b> Puts these proofs in place of hers; those that are in both stay as they are. Events and keys stay. The caller holds
     * the lock.
     */
    void restate(ConsentSnapshot after);

    /**
     * <b>[CO-10]</b> Puts {@link ConsentProof#withoutAddress} in place of each of her proofs; nothing else of a proof ever changes. The caller
     * holds the lock.
     *
     * @return how many were changed by it
     */
    int forgetAddresses(TenantId tenant, CustomerId customer);

    /** <b>[CO-8]</b> The proofs with numbers above {@code after}, ascending, at most {@code limit}; none if there is no such customer. */
    List<ConsentProof> proofs(TenantId tenant, CustomerId customer, long after, int limit);
}
