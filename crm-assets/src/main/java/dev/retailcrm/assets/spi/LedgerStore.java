package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps accounts, their lots, holds and entries: the command side of the ledger. Thread-safe. Every method joins the current
 * transaction and never commits it. Numbered rules are checked by {@code LedgerStoreContract} under the same numbers; 17 and 18 by {@code MergeStoreContract}.
 */
public interface LedgerStore {
    /**
     * <b>[LS-1]</b> Locks the customer's wallet, that is all her accounts, until the transaction ends, and returns the account as it
     * is once the lock is held, never as it was before waiting. Its {@code eventSeq} is the highest of the wallet. Empty if the
     * account was never opened; then nothing of this account is locked.
     */
    Optional<Account> lock(AccountId id);

    /**
     * <b>[LS-2]</b> Opens the account, locks the wallet and returns it; returns it locked if somebody else opened it first. Two at
     * once never fail.
     */
    Account open(AccountId id);

    /**
     * <b>[LS-3]</b> Writes the whole change, or nothing and returns {@code false} if its request key was booked before for this
     * customer by whatever command. Never raises a unique violation in the transaction. The wallet is locked. <b>[LS-4]</b> The event
     * is written to the outbox in the same step under source {@code wallet} and the sequence of {@code after.eventSeq}.
     */
    boolean apply(LedgerChange change);

    /**
     * <b>[LS-5]</b> As {@link #lock} for many customers, locked in ascending order; absent accounts are left out.
     *
     * @param customers distinct, at most 1,000
     */
    Map<CustomerId, Account> lockAll(TenantId tenant, Asset asset, Collection<CustomerId> customers);

    /** <b>[LS-6]</b> As {@link #open} for many customers. */
    Map<CustomerId, Account> openAll(TenantId tenant, Asset asset, Collection<CustomerId> customers);

    /** <b>[LS-7]</b> As {@link #apply} for changes of different customers; returns those whose key was booked before. */
    Set<CustomerId> applyAll(List<LedgerChange> changes);

    /**
     * <b>[LS-8]</b> Lots that can be used at an instant (something remains, available, not expired), soonest expiry first, those
     * without expiry last, then ascending number; those after the given lot in that order.
     */
    List<Lot> spendable(AccountId id, Instant at, @Nullable Lot after, int limit);

    /** <b>[LS-9]</b> All lots in which something remains or is held, whatever their expiry, by ascending number. */
    List<Lot> openLots(AccountId id);

    /** <b>[LS-10]</b> The lots with these numbers, open or not, by ascending number; unknown numbers are left out. */
    List<Lot> lots(AccountId id, Collection<Long> numbers);

    /** <b>[LS-11]</b> The lots an entry made, by ascending number, as they are now. */
    List<Lot> lotsMadeBy(AccountId id, long seq);

    /** <b>[LS-12]</b> The holds that have not ended, by ascending number, whether or not their time is over. */
    List<Hold> openHolds(AccountId id);

    /** <b>[LS-13]</b> A hold, ended or not. */
    Optional<Hold> hold(AccountId id, long no);

    /** <b>[LS-14]</b> An entry by its number. */
    Optional<Entry> entry(AccountId id, long seq);

    /** <b>[LS-15]</b> The movements of an entry, in the order they were made. */
    List<Movement> movements(AccountId id, long seq);

    /** <b>[LS-16]</b> How much of an entry was reversed: the sum of the absolute amounts of REFUND and TAKE_BACK entries that name it. */
    long reversed(AccountId id, long seq);

    /** <b>[LS-17]</b> The assets a customer ever had an account of, by ascending code. */
    List<Asset> assets(TenantId tenant, CustomerId customer);

    /**
     * <b>[LS-18]</b> From now on {@link #lock}, {@link #open}, {@link #lockAll} and {@link #openAll} answer for every account of a wallet,
     * also those never opened, with {@link Account#movedTo()}; until it is told back with {@code null}. Waits for whoever opens an account
     * of the wallet.
     */
    void redirect(TenantId tenant, CustomerId customer, @Nullable CustomerId survivor);

    /**
     * <b>[LS-19]</b> Empties the reasons of entries of a customer, at most {@code limit}; nothing else of an entry ever changes. Her record is
     * locked.
     *
     * @return how many
     */
    int forgetReasons(TenantId tenant, CustomerId customer, int limit);
}
