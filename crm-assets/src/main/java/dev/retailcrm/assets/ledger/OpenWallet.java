package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Accounts of one customer that are looked at first and used later, once all is decided: for features that book several assets together. Open, it
 * reads everything it needs to say what is available; then spending reads nothing and takes one round trip an account on PostgreSQL. Made within a unit
 * of work and used only there; not thread-safe.
 */
public final class OpenWallet {
    private final CustomerId customer;
    private final boolean locking;
    private final Map<Asset, OpenAccount> accounts = new HashMap<>();
    private final Map<Asset, Account> latest = new HashMap<>();
    private long eventSeq;

    /** An account, and what a command makes of it. */
    private static final class OpenAccount {
        private final Books books;
        private final Posting posting;
        private final Draft draft;
        private long amount;
        private List<Pick> picks = List.of();

        OpenAccount(Books books, Posting posting, Draft draft) {
            this.books = books;
            this.posting = posting;
            this.draft = draft;
        }

        /** The lots an amount comes from; read once. */
        List<Pick> pick(long wanted) {
            if (amount != wanted) {
                picks = new Taking(books.store).pick(draft, wanted);
                amount = wanted;
            }
            return picks;
        }
    }

    private OpenWallet(CustomerId customer, boolean locking) {
        this.customer = Check.present(customer, "customer");
        this.locking = locking;
    }

    /** To be used: accounts are locked as they are opened. */
    public static OpenWallet locked(CustomerId customer) {
        return new OpenWallet(customer, true);
    }

    /** To be looked at only. */
    public static OpenWallet unlocked(CustomerId customer) {
        return new OpenWallet(customer, false);
    }

    /**
     * Opens an account. One round trip; two more where something fell due.
     *
     * @param posting under which it will be used
     * @return what is available at the posting's instant; 0 if she has no such account
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#CUSTOMER_MERGED}
     */
    public long open(Ledger ledger, Posting posting) {
        Books books = ledger.books();
        books.access.require(locking ? Right.BOOK_ASSETS : Right.READ_ASSETS, customer);
        AccountId id = books.id(customer);
        Optional<Account> found =
                locking ? books.store.lock(id) : books.ports.history().find(id);
        if (found.isEmpty()) {
            return 0;
        }
        Instant at = books.clock.orNow(posting.at());
        Account account = Books.requireHere(found.get());
        eventSeq = Math.max(eventSeq, account.eventSeq());
        var open = new OpenAccount(books, posting, books.settled(account, at, posting));
        accounts.put(books.asset, open);
        latest.put(books.asset, account);
        return open.draft.available();
    }

    /** Whether an account was found, and so the wallet is locked if it is to be. */
    public boolean isOpen() {
        return !accounts.isEmpty();
    }

    /**
     * How an amount would be taken from principal and bonus, by the spend order of the ledger. One round trip.
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
     * Uses an amount.
     *
     * @param amount above zero, no more than is available
     */
    public Booking spend(Asset asset, long amount) {
        OpenAccount open = opened(asset);
        Draft draft = open.draft;
        List<Pick> picks = open.pick(Ledger.amount(amount));
        draft.begin(EntryType.SPEND);
        picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
        draft.end(0, draft.terms.order() == SpendOrder.PRO_RATA, null);
        long content = open.posting.fingerprint("SPEND", asset).and(amount).value();
        return write(open.books, draft.change(content, draft.seq()));
    }

    /**
     * Gives value, as {@link Ledger#grant}, in one round trip less if the account is open and nothing of it is due; an account that is not is opened.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public Booking grant(Ledger ledger, Grant grant, Posting posting) {
        Books books = ledger.books();
        Instant at = books.clock.orNow(posting.at());
        Account account = latest.get(books.asset);
        if (account == null || account.isDue(account.bookedAt(at))) {
            Booking booking = ledger.grant(customer, EntryType.EARN, grant, posting);
            eventSeq++;
            latest.remove(books.asset);
            return booking;
        }
        books.access.require(Right.BOOK_ASSETS, customer);
        Draft draft = new Draft(account, at, posting, books.terms);
        long answer = Grants.book(draft, EntryType.EARN, grant);
        long content = grant.addTo(posting.fingerprint(EntryType.EARN.name(), books.asset))
                .value();
        return write(books, draft.change(content, answer));
    }

    private Booking write(Books books, LedgerChange decided) {
        LedgerChange change = decided.afterEvent(eventSeq);
        if (!books.store.apply(change)) {
            throw Books.keyLost();
        }
        eventSeq = change.after().eventSeq();
        latest.put(books.asset, change.after());
        return change.booking();
    }

    private OpenAccount opened(Asset asset) {
        return Check.present(accounts.get(asset), "open account");
    }
}
