package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Accounts of one customer that are looked at first and used later, once all is decided: for features that book several assets together. Open, it
 * reads everything it needs to say what is available. What is decided is gathered, for the feature to write; then it must be {@link #finish finished}.
 * Made within a unit of work and used only there; not thread-safe.
 */
public final class OpenWallet {
    private final CustomerId customer;
    private final boolean locking;
    private final Map<Asset, OpenAccount> accounts = new HashMap<>();
    private final Map<Asset, Account> latest = new HashMap<>();
    private final Map<Asset, List<Lot>> lots = new HashMap<>();
    private final List<LedgerChange> changes = new ArrayList<>();
    private final List<Runnable> later = new ArrayList<>();
    private final @Nullable Instant readAt;
    private long eventSeq;

    /** An account, and what a command makes of it. */
    private static final class OpenAccount {
        private final Posting posting;
        private final Draft draft;
        private final Taking taking;
        private long amount;
        private List<Pick> picks = List.of();

        OpenAccount(Posting posting, Draft draft, Taking taking) {
            this.posting = posting;
            this.draft = draft;
            this.taking = taking;
        }

        /** The lots an amount comes from; read once. */
        List<Pick> pick(long wanted) {
            if (amount != wanted) {
                picks = taking.pick(draft, wanted);
                amount = wanted;
            }
            return picks;
        }
    }

    private OpenWallet(CustomerId customer, boolean locking, @Nullable Instant readAt) {
        this.customer = Check.present(customer, "customer");
        this.locking = locking;
        this.readAt = readAt;
    }

    /** To be used: accounts are locked as they are opened. */
    public static OpenWallet locked(CustomerId customer) {
        return new OpenWallet(customer, true, null);
    }

    /**
     * To be used, as a checkout read it that locked it.
     *
     * @param needs whose accounts are all that can be opened
     */
    public static OpenWallet locked(CheckoutNeeds needs, CheckoutStanding standing) {
        OpenWallet wallet = new OpenWallet(needs.customer(), true, needs.at());
        standing.accounts().values().forEach(it -> {
            wallet.latest.put(it.id().asset(), Books.requireHere(it));
            wallet.eventSeq = Math.max(wallet.eventSeq, it.eventSeq());
        });
        wallet.lots.putAll(standing.lots());
        return wallet;
    }

    /** To be looked at only. */
    public static OpenWallet unlocked(CustomerId customer) {
        return new OpenWallet(customer, false, null);
    }

    /** Whether spending from a ledger takes the first of its lots, whatever part of the value they are. */
    public static boolean takesFirst(Ledger ledger) {
        return ledger.terms().order() == SpendOrder.SOONEST_EXPIRY;
    }

    /**
     * Opens an account. One round trip if it was not read before; two more where something fell due.
     *
     * @param posting under which it will be used
     * @return what is available at the posting's instant; 0 if she has no such account
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#CUSTOMER_MERGED}
     */
    public long open(Ledger ledger, Posting posting) {
        Books books = ledger.books();
        books.access.require(locking ? Right.BOOK_ASSETS : Right.READ_ASSETS, customer);
        Optional<Account> found = readAt == null ? found(books) : Optional.ofNullable(latest.get(books.asset));
        if (found.isEmpty()) {
            return 0;
        }
        Instant at = books.clock.orNow(posting.at());
        Account account = Books.requireHere(found.get());
        eventSeq = Math.max(eventSeq, account.eventSeq());
        Draft draft = books.settled(account, at, posting);
        List<Lot> first = draft.at.equals(readAt) ? lots.getOrDefault(books.asset, List.of()) : List.of();
        accounts.put(books.asset, new OpenAccount(posting, draft, new Taking(books.store, first)));
        latest.put(books.asset, account);
        return draft.available();
    }

    private Optional<Account> found(Books books) {
        AccountId id = books.id(customer);
        return locking ? books.store.lock(id) : books.ports.history().find(id);
    }

    /** Whether an account was found, and so the wallet is locked if it is to be. */
    public boolean isOpen() {
        return !latest.isEmpty();
    }

    /**
     * How an amount would be taken from principal and bonus, by the spend order of the ledger. One round trip if the lots were not read before.
     *
     * @param amount above zero, no more than is available
     */
    public Map<Part, Long> parts(Asset asset, long amount) {
        Map<Part, Long> parts = new HashMap<>();
        OpenAccount open = opened(asset);
        open.pick(amount).forEach(pick -> parts.merge(pick.lot().part(), pick.amount(), Long::sum));
        return parts;
    }

    /**
     * Decides to use an amount.
     *
     * @param amount above zero, no more than is available
     */
    public void spend(Asset asset, long amount) {
        OpenAccount open = opened(asset);
        Draft draft = open.draft;
        List<Pick> picks = open.pick(Ledger.amount(amount));
        draft.begin(EntryType.SPEND);
        picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
        draft.end(0, draft.terms.order() == SpendOrder.PRO_RATA, null);
        long content = open.posting.fingerprint("SPEND", asset).and(amount).value();
        gather(draft.change(content, draft.seq()));
    }

    /**
     * Decides to give value, as {@link Ledger#grant} does. It is gathered if the account is known and nothing of it is due; else it is given when all is
     * written.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public void grant(Ledger ledger, Grant grant, Posting posting) {
        Books books = ledger.books();
        Instant at = books.clock.orNow(posting.at());
        Account account = latest.get(books.asset);
        if (account == null || account.isDue(account.bookedAt(at))) {
            later.add(() -> ledger.grant(customer, EntryType.EARN, grant, posting));
            latest.remove(books.asset);
            return;
        }
        books.access.require(Right.BOOK_ASSETS, customer);
        Draft draft = new Draft(account, at, posting, books.terms);
        long answer = Grants.book(draft, EntryType.EARN, grant);
        long content = grant.addTo(posting.fingerprint(EntryType.EARN.name(), books.asset))
                .value();
        gather(draft.change(content, answer));
    }

    private void gather(LedgerChange decided) {
        LedgerChange change = decided.afterEvent(eventSeq);
        eventSeq = change.after().eventSeq();
        latest.put(change.before().id().asset(), change.after());
        changes.add(change);
    }

    /** What was decided, to be written in this order. */
    public List<LedgerChange> changes() {
        return List.copyOf(changes);
    }

    /** Gives what could not be decided, once all else is written. No round trip as a rule. */
    public void finish() {
        later.forEach(Runnable::run);
    }

    private OpenAccount opened(Asset asset) {
        return Check.present(accounts.get(asset), "open account");
    }
}
