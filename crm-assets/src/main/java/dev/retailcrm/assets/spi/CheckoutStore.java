package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the orders that customers settled, and what was refunded of them. Thread-safe; every method joins the current transaction and never ends it.
 * Nothing of one tenant is ever found or changed by a call for another (<b>[CK-1]</b>). What is found is what is committed, or was written earlier
 * in this transaction; under the lock of her record also what was committed while it was waited for (<b>[CK-2]</b>). Numbered rules are checked by
 * {@code CheckoutStoreContract} under the same numbers.
 */
public interface CheckoutStore {
    /** <b>[CK-3]</b> The order in a customer's books with this number, which compares byte for byte, exactly as it was given. Empty if there is none. */
    Optional<SettledOrder> find(TenantId tenant, CustomerId customer, String number);

    /**
     * <b>[CK-4]</b> Writes a decision, all or nothing, and returns {@code false} if one of its keys was booked for the customer before, by whatever
     * command. Never raises a unique violation in the transaction. Her record is locked. <b>[CK-8]</b> The bookings are written with it as the
     * stores of coupons, of the ledger and of what is earned would; if a key of theirs was booked before, it throws
     * {@link dev.retailcrm.core.kernel.CoreError#REQUEST_KEY_REUSED}.
     */
    boolean apply(CheckoutChange change);

    /**
     * <b>[CK-7]</b> Locks the record of a customer, then her wallet if she has one of the accounts, until the transaction ends, waiting for whoever
     * holds them, and returns what was asked for as it is once both are locked, even where the transaction reads from an older snapshot.
     */
    CheckoutStanding lock(CheckoutNeeds needs);

    /** <b>[CK-5]</b> The orders in her books with numbers above {@code after} byte for byte, or all, ascending, at most {@code limit}. */
    List<SettledOrder> list(TenantId tenant, CustomerId customer, @Nullable String after, int limit);

    /** <b>[CK-6]</b> Deletes at most {@code limit} orders of a customer; how many. Her record is locked. */
    int remove(TenantId tenant, CustomerId customer, int limit);
}
