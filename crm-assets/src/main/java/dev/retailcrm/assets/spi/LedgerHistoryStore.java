package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.ExpiringLot;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Looks the ledger up without locking anything: the query side. Thread-safe; joins the current transaction. Numbered rules are
 * checked by {@code LedgerHistoryStoreContract} under the same numbers.
 */
public interface LedgerHistoryStore {
    /** <b>[LH-1]</b> The account as committed, or as written in this transaction; empty if it was never opened. */
    Optional<Account> find(AccountId id);

    /** <b>[LH-2]</b> The last entry booked at or before an instant. */
    Optional<Entry> lastEntry(AccountId id, Instant at);

    /**
     * <b>[LH-3]</b> Entries with a number above {@code afterSeq}, booked at or after {@code from} and before {@code to}, ascending.
     */
    List<Entry> entries(AccountId id, long afterSeq, Instant from, Instant to, int limit);

    /**
     * <b>[LH-4]</b> The lots made by entries up to this one, as they stood after it, by ascending number; those in which nothing
     * remained and nothing was held are left out. Their expiry is that of now.
     */
    List<Lot> lotsAsOf(AccountId id, long seq);

    /** <b>[LH-5]</b> The holds that were placed by entries up to this one and had not ended by then, as placed. */
    List<Hold> holdsAsOf(AccountId id, long seq);

    /** <b>[LH-6]</b> What the customer owed after this entry. */
    long debtAsOf(AccountId id, long seq);

    /** <b>[LH-7]</b> When the last activity (EARN, TOP_UP, SPEND, CAPTURE, HOLD) up to this entry was booked. */
    Optional<Instant> lastActivity(AccountId id, long seq);

    /** <b>[LH-8]</b> Customers whose account may be due at an instant, ascending, above the given one. */
    List<CustomerId> due(TenantId tenant, Asset asset, Instant at, @Nullable CustomerId after, int limit);

    /**
     * <b>[LH-9]</b> Lots of all customers in which something remains and which expire at or after {@code from} and before {@code to},
     * by customer and number, after the given one.
     */
    List<ExpiringLot> expiring(
            TenantId tenant, Asset asset, Instant from, Instant to, @Nullable ExpiringLot after, int limit);

    /** <b>[LH-10]</b> What an account says and what its entries, lots and holds add up to, ascending, above the given customer. */
    List<AccountSums> sums(TenantId tenant, Asset asset, @Nullable CustomerId after, int limit);

    /** <b>[LH-11]</b> Σ of entry amounts by type, of entries booked at or after {@code from} and before {@code to}; absent types had none. */
    Map<EntryType, Long> flows(TenantId tenant, Asset asset, Instant from, Instant to);

    /**
     * <b>[LH-12]</b> All accounts of these customers as {@link #find} tells, by the code of their assets; those who have none may be absent. A
     * number of round trips that does not grow with them.
     */
    Map<CustomerId, List<Account>> accounts(TenantId tenant, Collection<CustomerId> customers);

    /**
     * <b>[LH-13]</b> Sums of what entries did to lots, where the making of a lot is one of {@code +granted} at its entry, and what they did to
     * the debt; in any order, without those that are zero. In one round trip.
     */
    List<ValueSum> values(ValueQuery query);
}
