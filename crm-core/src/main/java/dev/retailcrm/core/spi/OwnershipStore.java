package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.WaitingOffer;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps whom customers belong to, and the history of that for ever. Thread-safe; every method joins the current transaction and never ends
 * it. Nothing of one tenant is ever found or changed by a call for another (<b>[OW-1]</b>). What is found is what is committed, or was
 * written earlier in this transaction (<b>[OW-2]</b>). Numbered rules are checked by {@code OwnershipStoreContract} under the same numbers.
 */
public interface OwnershipStore {
    /**
     * <b>[OW-3]</b> Whom each of these customers belongs to, of one who was merged the customer she was merged into; those in the pool, erased or
     * unknown are left out. Up to 1,000 are found in one round trip, and one more for each merge on the way.
     */
    Map<CustomerId, Tenure> owners(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[OW-4]</b> Locks the customer's ownership until the transaction ends, waiting for whoever holds it, and returns it as the holder
     * before left it, even where the transaction reads from an older snapshot. Empty if there is no such customer.
     */
    Optional<OwnershipSnapshot> lock(TenantId tenant, CustomerId customer);

    /**
     * Writes a decision, all or nothing. The caller holds the lock.
     *
     * <p><b>[OW-5]</b> If the request key is booked for the customer already, nothing is written and the answer is {@code false}; no unique
     * violation reaches the current transaction. <b>[OW-6]</b> Ownership, entries, key and events are kept if and only if this transaction is
     * committed. <b>[OW-7]</b> Everything is kept as it was given, codes byte for byte.
     */
    boolean apply(OwnershipChange change);

    /** <b>[OW-8]</b> The entries with numbers above {@code after}, ascending, at most {@code limit}; none if there is no such customer. */
    List<OwnershipEntry> entries(TenantId tenant, CustomerId customer, long after, int limit);

    /**
     * <b>[OW-9]</b> The customers of an owner, or of a pool, with ids above {@code after}, or all, ascending, at most {@code limit}. Those
     * who were erased or merged into another are left out, and so are those without any entry.
     */
    List<OwnedCustomer> owned(TenantId tenant, Portfolio portfolio, @Nullable CustomerId after, int limit);

    /** <b>[OW-10]</b> The offers to a member of staff that are open at {@code at}, in the order and number of {@link #owned}. */
    List<WaitingOffer> offers(TenantId tenant, StaffId to, Instant at, @Nullable CustomerId after, int limit);

    /** <b>[OW-11]</b> Customers with an offer that was not answered and whose time was over at {@code at}, the longest ago first. */
    List<CustomerId> expired(TenantId tenant, Instant at, int limit);

    /**
     * Whose customers are asked for. Immutable.
     *
     * @param staff those of this member of staff, in whatever store; {@code null} for all or none
     * @param store those of this store; {@code null} for all or none
     * @param unserved whether only those are asked for whom no staff serves: with a store its pool, else that of the tenant
     */
    record Portfolio(@Nullable StaffId staff, @Nullable StoreId store, boolean unserved) {
        /** All of a member of staff. */
        public static Portfolio of(StaffId staff) {
            return new Portfolio(staff, null, false);
        }

        /** All of a store, with staff and without. */
        public static Portfolio in(StoreId store) {
            return new Portfolio(null, store, false);
        }

        /** Those of a store whom nobody there serves. */
        public static Portfolio poolOf(StoreId store) {
            return new Portfolio(null, store, true);
        }

        /** Those who were released and belong to nobody. */
        public static Portfolio pool() {
            return new Portfolio(null, null, true);
        }
    }
}
