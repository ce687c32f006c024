package dev.retailcrm.core.spi;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.FieldChange;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps customer records and the look-up from identities to customers. Thread-safe; every method joins the current transaction and
 * never ends it. Nothing of one tenant is ever found or changed by a call for another (<b>[CS-1]</b>). Numbered rules are checked by
 * {@code CustomerStoreContract} under the same numbers; 21 and 22 by {@code MergeStoreContract}.
 */
public interface CustomerStore {
    /** <b>[CS-2]</b> The customer as committed, or as written earlier in this transaction. Empty if there is none. */
    Optional<CustomerSnapshot> find(TenantId tenant, CustomerId customer);

    /**
     * <b>[CS-3]</b> Locks the record until the transaction ends, waiting for whoever holds it, and returns it as the holder before
     * left it, even where the transaction reads from an older snapshot. Empty if there is none.
     */
    Optional<CustomerSnapshot> lock(TenantId tenant, CustomerId customer);

    /** <b>[CS-4]</b> Who holds a look-up key. Keys compare byte for byte. Empty if nobody does. */
    Optional<CustomerId> holder(TenantId tenant, LookupKey key);

    /**
     * <b>[CS-22]</b> The customers with a phone number or member card that ends in these four, {@link LookupKey#lastFour} tells which: those with
     * ids above {@code after}, or all, ascending, at most {@code limit}. Of each as {@link #find} tells. One round trip.
     *
     * @param four digits or letters of ASCII; case counts
     */
    List<CustomerSnapshot> findByLastFour(TenantId tenant, String four, @Nullable CustomerId after, int limit);

    /**
     * <b>[CS-23]</b> The customers with ids above {@code after}, or all, ascending, at most {@code limit}, of each as {@link #find} tells. One
     * round trip.
     */
    List<CustomerSnapshot> records(TenantId tenant, @Nullable CustomerId after, int limit);

    /** <b>[CS-24]</b> The customers born on a day, of whom the year is known too, by ascending id, at most {@code limit}; as {@link #records}. */
    List<CustomerSnapshot> bornOn(TenantId tenant, LocalDate day, int limit);

    /** <b>[CS-20]</b> Who holds each of these keys, as {@link #holder} tells; those that nobody holds are left out. */
    Map<LookupKey, CustomerId> holders(TenantId tenant, Set<LookupKey> keys);

    /** <b>[CS-12]</b> The customer who holds a look-up key, as {@link #holder} and {@link #find} tell. Empty if nobody does. */
    default Optional<CustomerSnapshot> findBy(TenantId tenant, LookupKey key) {
        return holder(tenant, key).flatMap(holder -> find(tenant, holder));
    }

    /**
     * Writes a decision, all or nothing: the record, its identities and look-up rows, the request key and the event. The caller holds
     * the lock of a record that is not new.
     *
     * <p><b>[CS-5]</b> If the request key is booked for the customer already, nothing is written and the answer is
     * {@link Applied#repeated()}. <b>[CS-6]</b> Else, if any of {@link CustomerChange#claims()} is held by anyone, nothing is written
     * and the answer names each that is held with its holder. <b>[CS-7]</b> Of several changes that claim one key at the same time, at
     * most one is written; the others wait for its transaction and then see it taken, or claim it if that was rolled back. A store
     * whose engine cannot wait ends such a wait with {@link CoreError#LOCK_TIMEOUT} or {@link CoreError#TRANSACTION_LOST}.
     * <b>[CS-8]</b>
     * Neither answer harms the current transaction: no unique violation reaches it. <b>[CS-9]</b> {@link CustomerChange#releases()}
     * can be claimed by others once this transaction is committed. <b>[CS-10]</b> The event is kept if and only if this transaction
     * is committed. <b>[CS-11]</b> A change without event books the key and leaves the record as it is. <b>[CS-14]</b> One after which
     * she is {@link CustomerStatus#ERASED} also empties the values of all her {@link #changes} and destroys what her data could be
     * deciphered with.
     */
    Applied apply(CustomerChange change);

    /**
     * Writes decisions of one tenant that each make somebody a customer. <b>[CS-18]</b> The answers are those that {@link #apply} would
     * give for one after the other: of two that claim one key, the second finds it taken by the first, unless that was not written.
     * <b>[CS-19]</b> All their keys are claimed in the natural order of keys, so that two such calls never wait for each other.
     *
     * @return what became of each, in the order of the list
     */
    List<Applied> applyAll(List<CustomerChange> changes);

    /**
     * <b>[CS-13]</b> The changes of a customer that were written with her decisions, as they were, the latest version first and within
     * it the highest line. They are kept for ever.
     *
     * @param before the version and line to go on behind; {@code null} to begin
     * @param limit at most so many, 1 or more
     */
    List<FieldChange> changes(TenantId tenant, HistoryQuery query, @Nullable Position before, int limit);

    /**
     * <b>[CS-17]</b> What an actor changed of all customers, as {@link #changes} tells it, the latest instant first; within one instant
     * the highest customer, version and line. A number of round trips that does not grow with the customers.
     *
     * @param before where to go on behind; {@code null} to begin
     * @param limit at most so many, 1 or more
     */
    List<FieldChange> changesBy(TenantId tenant, ActorQuery query, @Nullable Place before, int limit);

    /** <b>[CS-15]</b> The customers with ids above {@code after}, or all, ascending, at most {@code limit}. */
    List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit);

    /**
     * Stores what is personal of a customer as it would be stored today, with the newest key of a cipher. The caller holds her lock.
     * <b>[CS-16]</b> Everything that can be asked is answered as before. Afterwards no older key is needed to read or to find her.
     *
     * @return whether anything was stored otherwise
     */
    boolean renew(TenantId tenant, CustomerId customer);

    /** <b>[CS-21]</b> Those who are merged into a customer, directly, by ascending id. */
    List<CustomerId> mergedInto(TenantId tenant, CustomerId survivor);

    /** <b>[CS-25]</b> Where each of these stands who is a customer; others are absent. A number of round trips that does not grow with them. */
    Map<CustomerId, Standing> standings(TenantId tenant, Collection<CustomerId> customers);

    /**
     * Where a customer stands.
     *
     * @param changedAt when her record was last changed, in milliseconds
     * @param mergedInto the customer she was merged into, directly; {@code null} if she was not
     */
    record Standing(
            CustomerStatus status,
            Instant changedAt,
            @Nullable CustomerId mergedInto) {}

    /**
     * Where a change stands in a history.
     *
     * @param version of the customer after it
     * @param line which of the changes of that version
     */
    record Position(long version, int line) {}

    /**
     * Where a change stands among those of all customers.
     *
     * @param at when it was made
     * @param customer whose it is
     * @param position where it stands in her history
     */
    record Place(Instant at, CustomerId customer, Position position) {}

    /**
     * What became of a decision.
     *
     * @param written whether it was written
     * @param taken if not, the claimed keys that are held, and their holders; empty if the request key was booked already
     */
    record Applied(boolean written, Map<LookupKey, CustomerId> taken) {
        /** Copies the map. */
        public Applied {
            taken = Map.copyOf(taken);
        }

        /** Everything was written. */
        public static Applied done() {
            return new Applied(true, Map.of());
        }

        /** Nothing was written: the request key is booked. */
        public static Applied repeated() {
            return new Applied(false, Map.of());
        }

        /** Nothing was written: these keys are held. */
        public static Applied taken(Map<LookupKey, CustomerId> holders) {
            return new Applied(false, holders);
        }
    }
}
