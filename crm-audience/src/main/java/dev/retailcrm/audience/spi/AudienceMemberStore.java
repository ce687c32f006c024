package dev.retailcrm.audience.spi;

import dev.retailcrm.audience.AudienceSnapshot;
import dev.retailcrm.audience.AudienceStay;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RuleQuery;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who is and was in which audience. Thread-safe; every method joins the current transaction and never ends it. Nothing of one tenant is
 * ever found or changed by a call for another (<b>[AM-1]</b>). What is found is what is committed, or was written earlier in this transaction
 * (<b>[AM-2]</b>). Numbered rules are checked by {@code AudienceMemberStoreContract} under the same numbers.
 *
 * <p>Whoever computes an audience, or changes members of it, locks its state first, then the customers. A merge locks the customers alone, and so
 * may whoever follows what is written of one customer: {@link #swap} locks those whom it changes.
 */
public interface AudienceMemberStore {
    /**
     * <b>[AM-3]</b> Locks the state of an audience until the transaction ends, waiting for whoever holds it, and returns it as that one left
     * it; {@link AudienceState#none} if there is none yet.
     */
    AudienceState lock(TenantId tenant, String audience);

    /** <b>[AM-4]</b> The states that were written, ascending by key. */
    List<AudienceState> states(TenantId tenant);

    /** <b>[AM-24]</b> Those of them that are being computed, or have a list that counts. */
    List<AudienceState> pending(TenantId tenant);

    /** <b>[AM-5]</b> Keeps a state in the place of the one with its key, as it was given. The caller holds it. */
    void write(TenantId tenant, AudienceState state);

    /**
     * Finds in what the members will differ from those there are, among the next customers by id, and keeps that aside, to be swapped in. The
     * caller holds the state, and nothing is kept aside of these customers. <b>[AM-6]</b> Exactly those who belong by the question, and are not
     * in, will enter; exactly those who are active and in and do not belong will leave. Who is not active is left as she is. With a limit all
     * customers are looked at together. Done on the database: what it takes of memory does not grow with the customers.
     *
     * @param after only customers with greater ids; {@code null} to start with the least
     * @param limit how many customers to look at, whether or not they belong
     */
    AudienceChunk draft(AudienceQuestion question, @Nullable CustomerId after, int limit);

    /** <b>[AM-7]</b> Does the same of some customers, in the place of what is kept aside of them. */
    void redraft(AudienceQuestion question, Set<CustomerId> customers);

    /**
     * <b>[AM-8]</b> Locks the customers whom it concerns, lets those enter and leave of whom that is kept aside, unless somebody has put them in
     * or out by hand since, tells of each by an event, and keeps nothing aside any more. The caller holds the state.
     */
    AudienceTally swap(AudienceSwap swap);

    /** <b>[AM-9]</b> Forgets what is kept aside of an audience. The caller holds its state. */
    void discard(TenantId tenant, String audience);

    /** <b>[AM-10]</b> How many would come and go by a question. Writes nothing. */
    AudienceTally impact(AudienceQuestion question);

    /**
     * <b>[AM-11]</b> Who would come, or go, by a question, ascending by id, at most {@code limit}. Writes nothing.
     *
     * @param after only greater ids; {@code null} to start with the least
     */
    List<CustomerId> differing(AudienceQuestion question, boolean coming, @Nullable CustomerId after, int limit);

    /** <b>[AM-12]</b> Those of these customers who belong by a question. At most 1,000. */
    Set<CustomerId> belonging(AudienceQuestion question, Collection<CustomerId> customers);

    /**
     * <b>[AM-13]</b> Locks the records of these customers until the transaction ends, ascending by id, waiting for whoever holds them, and
     * returns what is kept of them as the holders before left it. Who is no customer is left out. At most 1,000, in a number of round trips that
     * does not grow with them.
     */
    Map<CustomerId, AudienceFile> lockAll(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[AM-14]</b> Writes what becomes of a customer, all or nothing; the caller holds her record. If the request key is booked for her already,
     * nothing is written and the answer is {@code false}; no unique violation reaches the current transaction.
     */
    boolean apply(AudienceFileChange change);

    /** <b>[AM-15]</b> Writes what becomes of different customers, without keys, as {@link #apply} does of each, in few round trips. */
    void applyAll(List<AudienceFileChange> changes);

    /**
     * <b>[AM-25]</b> What is kept of customers whom the caller holds, but for snapshots, of which there are none; who is no customer is left out. At
     * most 1,000, in one round trip.
     */
    Map<CustomerId, AudienceFile> held(TenantId tenant, Collection<CustomerId> customers);

    /** What is kept of a customer, without locking her; empty if there is no such customer. */
    Optional<AudienceFile> find(TenantId tenant, CustomerId customer);

    /**
     * <b>[AM-16]</b> Who is in an audience, or was at an instant, ascending by id, at most {@code limit}; active customers only. Of an instant
     * also whoever is no customer any more is left out.
     *
     * @param at {@code null} for those who are in by now
     * @param after only greater ids; {@code null} to start with the least
     */
    List<CustomerId> members(
            TenantId tenant, String audience, @Nullable Instant at, @Nullable CustomerId after, int limit);

    /** <b>[AM-17]</b> How many those are. */
    long count(TenantId tenant, String audience, @Nullable Instant at);

    /**
     * <b>[AM-18]</b> The stays of a customer, ascending by audience and number, at most {@code limit}.
     *
     * @param after only those after this one; {@code null} to start with the first
     */
    List<AudienceStay> stays(TenantId tenant, CustomerId customer, @Nullable AudienceStay after, int limit);

    /**
     * <b>[AM-19]</b> Keeps whom a rule holds for under a key that is new, on the database; how many there are.
     *
     * @param snapshot with any number of members
     */
    AudienceSnapshot freeze(TenantId tenant, AudienceSnapshot snapshot, RuleQuery rule);

    /** <b>[AM-20]</b> The snapshots of the tenant, ascending by key. */
    List<AudienceSnapshot> snapshots(TenantId tenant);

    /** <b>[AM-21]</b> Who is in a snapshot, ascending by id, at most {@code limit}; active customers only. */
    List<CustomerId> frozen(TenantId tenant, String snapshot, @Nullable CustomerId after, int limit);

    /** <b>[AM-22]</b> Deletes a snapshot and who is in it; nothing happens if there is none. */
    void thaw(TenantId tenant, String snapshot);

    /** <b>[AM-23]</b> Deletes at most {@code limit} rows of a customer; how many. The caller holds her record. */
    int remove(TenantId tenant, CustomerId customer, int limit);
}
