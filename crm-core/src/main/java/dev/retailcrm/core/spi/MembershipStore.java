package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipEntry;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who is a member, and the history of that for ever; the numbers of members are identities in the {@link CustomerStore}. Thread-safe;
 * every method joins the current transaction and never ends it. Nothing of one tenant is ever found or changed by a call for another
 * (<b>[ME-1]</b>). Numbered rules are checked by {@code MembershipStoreContract} under the same numbers.
 */
public interface MembershipStore {
    /**
     * <b>[ME-2]</b> The member as committed, or as written earlier in this transaction; of a customer who was merged, the one she was merged
     * into. Empty if she is none.
     */
    Optional<Member> find(TenantId tenant, CustomerId customer);

    /**
     * <b>[ME-3]</b> Locks the customer's membership until the transaction ends, waiting for whoever holds it, and returns it as the holder
     * before left it, even where the transaction reads from an older snapshot. Empty if there is no such customer. The customer's record may
     * be changed by the same transaction.
     */
    Optional<MembershipSnapshot> lock(TenantId tenant, CustomerId customer);

    /**
     * Writes a decision, all or nothing: the member, the entry, the request key and the event. The caller holds the lock.
     *
     * <p><b>[ME-4]</b> If the request key is booked for the customer already, nothing is written and the answer is {@code false}; no unique
     * violation reaches the current transaction. <b>[ME-5]</b> All is kept if and only if this transaction is committed, as it was given,
     * codes byte for byte.
     */
    boolean apply(MembershipChange change);

    /** <b>[ME-6]</b> The entries with numbers above {@code after}, ascending, at most {@code limit}; none if she never was a member. */
    List<MembershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /** <b>[ME-7]</b> The members this customer brought with ids above {@code after}, or all, ascending, at most {@code limit}; not those who were merged. */
    List<Member> referred(TenantId tenant, CustomerId referrer, @Nullable CustomerId after, int limit);

    /** <b>[ME-8]</b> When the membership of each of these changed last; those who never had one are absent. A number of round trips that does not grow with them. */
    Map<CustomerId, Instant> latest(TenantId tenant, Collection<CustomerId> customers);
}
