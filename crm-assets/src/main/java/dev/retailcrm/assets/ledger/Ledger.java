package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The one engine behind every countable asset: lots, entries, movements and holds of one tenant's accounts for one asset. Points,
 * stored value and gift cards are its faces. Thread-safe. Amounts are in the asset's smallest unit.
 *
 * <p>Every command is booked once per request key, in the current transaction if there is one, else in its own. On PostgreSQL a grant
 * to an open account takes two round trips and the commit, a use or hold three, a reversal, transfer or end of a hold up to seven;
 * elsewhere six, up to nine and up to fifteen. Settling something that fell due takes two more reads, the first booking of an account
 * up to six more statements. A repetition takes up to seven.
 *
 * <p>Every command may throw {@link dev.retailcrm.core.kernel.CoreError#REQUEST_KEY_REUSED},
 * {@link dev.retailcrm.core.kernel.CoreError#UNKNOWN_CUSTOMER},
 * {@link dev.retailcrm.core.kernel.CoreError#INSTANT_OUT_OF_RANGE}, {@link AssetError#AMOUNT_OUT_OF_RANGE} and what
 * {@link dev.retailcrm.core.spi.UnitOfWork#run} throws, beside what it names itself;
 * with {@link #guardedBy} also {@link dev.retailcrm.core.kernel.CoreError#ACCESS_DENIED}.
 */
public final class Ledger {
    /** The most one command may move, 10<sup>15</sup>. */
    public static final long MAX_AMOUNT = 1_000_000_000_000_000L;

    private static final Duration LONGEST_HOLD = Duration.ofDays(3660);

    private final Books books;
    private final Taking taking;
    private final Reversals reversals;

    /** The ledger of one asset of one tenant, on the retailer's terms. */
    public Ledger(TenantId tenant, Asset asset, Terms terms, LedgerPorts ports) {
        this.books = new Books(
                Check.present(tenant, "tenant"),
                Check.present(asset, "asset"),
                Check.present(terms, "terms"),
                Check.present(ports, "ports"),
                Proviso.NONE,
                Access.unrestricted());
        this.taking = new Taking(books.store);
        this.reversals = new Reversals(books, taking);
    }

    private Ledger(Books books) {
        this.books = books;
        this.taking = new Taking(books.store);
        this.reversals = new Reversals(books, taking);
    }

    /**
     * This ledger, with commands that add to their content and are checked before they are booked. {@link #grantAll} and
     * {@link #sweep} are as before.
     */
    public Ledger provided(Proviso proviso) {
        Check.present(proviso, "proviso");
        return new Ledger(new Books(books.tenant, books.asset, books.terms, books.ports, proviso, books.access));
    }

    /**
     * This ledger, with commands about one customer that are decided, and refused, as always, and book nothing: for features that write more than the
     * ledger does, and must know before. Transfers, {@link #grantAll} and {@link #sweep} are as before.
     */
    public Ledger rehearsal() {
        return new Ledger(books.rehearsing());
    }

    /** The same ledger, as far as this access permits. */
    public Ledger guardedBy(Access granted) {
        Check.present(granted, "access");
        return new Ledger(new Books(books.tenant, books.asset, books.terms, books.ports, books.proviso, granted));
    }

    Books books() {
        return books;
    }

    /** The asset it counts. */
    public Asset asset() {
        return books.asset;
    }

    /** The retailer's rules it books by. */
    public Terms terms() {
        return books.terms;
    }

    /** Its account of a customer, whether or not it was opened. */
    public AccountId account(CustomerId customer) {
        return books.id(customer);
    }

    /**
     * Locks a customer's wallet until the current unit of work ends, opening this account if she has none: for features that keep what its lock
     * guards. One round trip; up to six if the account is new.
     *
     * @throws CrmException {@link dev.retailcrm.core.kernel.CoreError#CUSTOMER_MERGED} naming the survivor
     */
    public void lockWallet(CustomerId customer) {
        books.access.require(Right.BOOK_ASSETS, customer);
        books.ports.unitOfWork().run(() -> books.lockWallet(customer));
    }

    /** Returns the amount if it is 1 to {@link #MAX_AMOUNT}. */
    static long amount(long amount) {
        if (amount <= 0 || amount > MAX_AMOUNT) {
            throw AssetError.AMOUNT_OUT_OF_RANGE.because("an amount must be 1 to %d, was %d", MAX_AMOUNT, amount);
        }
        return amount;
    }

    /**
     * Gives value ({@link EntryType#EARN}) or sells it ({@link EntryType#TOP_UP}).
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public Booking grant(CustomerId customer, EntryType type, Grant grant, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        Check.present(grant, "grant");
        if (type != EntryType.EARN && type != EntryType.TOP_UP) {
            throw AssetError.INVALID_TERM.because("a grant is EARN or TOP_UP");
        }
        var content = grant.addTo(Check.present(posting, "posting").fingerprint(type.name(), books.asset));
        return books.book(customer, posting, content, draft -> Grants.book(draft, type, grant));
    }

    /**
     * Gives value to many customers, in chunks of one transaction each, or all in the current one. Each award is booked or refused by
     * itself; a repetition books what is missing. The result does not depend on how the list is cut. On PostgreSQL a chunk takes
     * two round trips and the commit; awards of a chunk whose accounts are yet to be opened are booked in one more transaction, which takes
     * six; an award that is a repetition takes four.
     *
     * @param awards any number; a customer may occur several times, with different keys
     * @param chunk 1 to 1,000 awards a transaction
     * @return one outcome an award, in the same order
     */
    public List<Outcome> grantAll(EntryType type, List<Award> awards, int chunk) {
        books.access.requireEach(Right.BOOK_ASSETS, awards, Award::customer);
        return new Bulk(books).grant(type, awards, Check.range(chunk, 1, 1000, "chunk"));
    }

    /**
     * Uses value.
     *
     * @param upTo whether less than the amount will do, as long as there is something
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Booking spend(CustomerId customer, long amount, boolean upTo, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        var content = Check.present(posting, "posting")
                .fingerprint(upTo ? "SPEND_UP_TO" : "SPEND", books.asset)
                .and(amount);
        return books.book(customer, posting, content, draft -> {
            long used = upTo ? Math.min(amount, draft.available()) : amount;
            List<Pick> picks = taking.pick(draft, used == 0 ? amount : used);
            draft.begin(EntryType.SPEND);
            picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
            draft.end(0, draft.terms.order() == SpendOrder.PRO_RATA, null);
            return draft.seq();
        });
    }

    /**
     * Reserves value for a while.
     *
     * @param duration 1 second to 3,660 days
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Booking hold(CustomerId customer, long amount, Duration duration, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        Check.present(duration, "duration");
        if (duration.compareTo(Duration.ofSeconds(1)) < 0 || duration.compareTo(LONGEST_HOLD) > 0) {
            throw AssetError.INVALID_TERM.because("a hold lasts 1 second to %d days", LONGEST_HOLD.toDays());
        }
        var content = Check.present(posting, "posting")
                .fingerprint("HOLD", books.asset)
                .and(amount)
                .and(duration.toMillis());
        return books.book(customer, posting, content, draft -> {
            List<Pick> picks = taking.pick(draft, amount);
            draft.begin(EntryType.HOLD);
            picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), pick.amount()));
            draft.place(amount, draft.at.plusMillis(duration.toMillis()));
            draft.end(0, draft.terms.order() == SpendOrder.PRO_RATA, null);
            return draft.seq();
        });
    }

    /**
     * Uses a hold, in whole or part; the rest is freed.
     *
     * @param hold the {@link Hold#no()} of the booking that placed it
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}, {@link AssetError#CAPTURE_EXCEEDS_HOLD}
     */
    public Booking capture(CustomerId customer, long hold, long amount, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        var content = Check.present(posting, "posting")
                .fingerprint("CAPTURE", books.asset)
                .and(hold)
                .and(amount);
        return books.book(customer, posting, content, draft -> reversals.endHold(draft, hold, amount));
    }

    /**
     * Frees a hold.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}
     */
    public Booking release(CustomerId customer, long hold, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        var content = Check.present(posting, "posting")
                .fingerprint("RELEASE", books.asset)
                .and(hold);
        return books.book(customer, posting, content, draft -> reversals.endHold(draft, hold, 0));
    }

    /**
     * Gives used value back to the lots it came from, with their old expiry. Any number of times until the original is used up.
     * Refunding m of n used leaves the lots as if n − m had been used. Under {@link SpendOrder#PRO_RATA} principal and bonus may differ from
     * that by one smallest unit, since a part of a part is rounded twice; a refund of the whole is exact.
     *
     * @param original the key of the spend, capture or negative adjustment
     * @throws CrmException {@link AssetError#UNKNOWN_BOOKING}, {@link AssetError#NOT_REVERSIBLE},
     *     {@link AssetError#REVERSAL_EXCEEDS_BOOKING}
     */
    public Booking refund(CustomerId customer, RequestKey original, long amount, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        var content = reversal("REFUND", original, posting).and(amount);
        return books.book(customer, posting, content, draft -> reversals.refund(draft, original, amount));
    }

    /**
     * Takes given value back: from the lots it made, those not yet available first, then from other lots, then by the
     * {@link ShortfallPolicy}. Any number of times until the original is used up.
     *
     * @param original the key of the earning, top-up or positive adjustment
     * @throws CrmException {@link AssetError#UNKNOWN_BOOKING}, {@link AssetError#NOT_REVERSIBLE},
     *     {@link AssetError#REVERSAL_EXCEEDS_BOOKING}, {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Booking takeBack(CustomerId customer, RequestKey original, long amount, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        var content = reversal("TAKE_BACK", original, posting).and(amount);
        return books.book(customer, posting, content, draft -> reversals.takeBack(draft, original, amount));
    }

    /**
     * Takes back the value that belongs to a refund of its purchase price: {@code value × money / cost}, rounded half up; the last
     * refund takes the remainder.
     *
     * @param original the key of the grant that cost something
     * @throws CrmException as {@link #takeBack}, and {@link AssetError#NO_COST}, {@link AssetError#WRONG_CURRENCY}
     */
    public Booking takeBackFor(CustomerId customer, RequestKey original, Money money, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        Check.present(money, "money");
        var content = reversal("TAKE_BACK_FOR", original, posting).and(money.toString());
        return books.book(customer, posting, content, draft -> reversals.takeBackFor(draft, original, money));
    }

    /**
     * Corrects an account.
     *
     * @param amount above or below zero
     * @param reason 1 to 200 characters
     * @param posting must name the operator
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}, {@link AssetError#CAP_EXCEEDED}
     */
    public Booking adjust(CustomerId customer, long amount, String reason, Posting posting) {
        books.access.require(Right.CORRECT_ASSETS, customer);
        amount(amount == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(amount));
        Check.text(reason, 200, "reason");
        Check.present(Check.present(posting, "posting").staff(), "operator of an adjustment");
        var content = posting.fingerprint("ADJUST", books.asset).and(amount).and(reason);
        return books.book(customer, posting, content, draft -> {
            List<Pick> picks = amount > 0 ? List.of() : taking.pick(draft, -amount);
            if (amount > 0) {
                Grants.requireRoom(draft, amount);
            }
            draft.begin(EntryType.ADJUST);
            if (amount > 0) {
                Grants.open(draft, Grant.of(amount));
            }
            picks.forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
            draft.end(0, draft.terms.order() == SpendOrder.PRO_RATA, reason);
            return draft.seq();
        });
    }

    /**
     * Gives value to another customer of the tenant; it keeps its part, expiry and cost, but slides no more. The key is booked for
     * both.
     *
     * @return what was booked for the giver
     * @throws CrmException {@link AssetError#SAME_ACCOUNT}, {@link AssetError#INSUFFICIENT_VALUE}, {@link AssetError#CAP_EXCEEDED}
     */
    public Booking transfer(CustomerId from, CustomerId to, long amount, Posting posting) {
        books.access.requireEach(Right.BOOK_ASSETS, Arrays.asList(from, to), it -> it);
        amount(amount);
        return new Transfers(books, books, taking).transfer(from, to, amount, Check.present(posting, "posting"));
    }

    /**
     * Moves all that is available to another owner's account of another ledger of the same tenant, store and unit, such as the value
     * of a gift card into stored value; it keeps its part, expiry and cost, but slides no more. The key is booked for both. Both wallets are locked, the
     * one of the lower id first. What was moved cannot be refunded.
     *
     * @return what was booked for the giver
     * @throws CrmException {@link AssetError#SAME_ACCOUNT}, {@link AssetError#INSUFFICIENT_VALUE} if there is nothing,
     *     {@link AssetError#CAP_EXCEEDED}, {@link AssetError#WRONG_CURRENCY} if the units differ
     */
    public Booking moveAll(CustomerId from, Ledger target, CustomerId to, Posting posting) {
        books.access.requireEach(Right.BOOK_ASSETS, Arrays.asList(from, to), it -> it);
        Books into = Check.present(target, "target").books;
        if (!into.tenant.equals(books.tenant) || !into.asset.unit().equals(books.asset.unit())) {
            throw AssetError.WRONG_CURRENCY.because("%s cannot become %s", books.asset, into.asset);
        }
        return new Transfers(books, into, taking).moveAll(from, to, Check.present(posting, "posting"));
    }

    /**
     * Pays principal out and takes the bonus back in proportion: {@code bonus × amount / principal}, rounded down; the last of the
     * principal takes the rest of the bonus.
     *
     * @param amount principal to be paid out
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE} by the principal that is available
     */
    public Booking cashOut(CustomerId customer, long amount, Posting posting) {
        books.access.require(Right.BOOK_ASSETS, customer);
        amount(amount);
        var content = Check.present(posting, "posting")
                .fingerprint("CASH_OUT", books.asset)
                .and(amount);
        return books.book(customer, posting, content, draft -> {
            taking.loadAll(draft);
            List<Lot> principal = Taking.part(draft, Part.PRINCIPAL);
            List<Lot> bonus = Taking.part(draft, Part.BONUS);
            long paid = Taking.sum(principal);
            if (amount > paid) {
                throw Taking.insufficient(amount, paid);
            }
            long back = Lot.shareDown(Taking.sum(bonus), amount, paid);
            draft.begin(EntryType.CASH_OUT);
            Taking.first(principal, amount).forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
            Taking.first(bonus, back).forEach(pick -> draft.move(pick.lot(), -pick.amount(), 0));
            draft.end(0, false, null);
            return draft.seq();
        });
    }

    /**
     * Books what lapsed and frees holds whose time is over, for one page of accounts, in the current transaction or one of its own.
     * Balances are right without it; it closes lots and writes the entries that say so. Repeatable, and resumable from the cursor.
     *
     * @param at {@code null} for now
     * @param after the cursor of the page before; {@code null} to start
     * @param limit 1 to 1,000 accounts
     */
    public SweepProgress sweep(@Nullable Instant at, @Nullable CustomerId after, int limit) {
        books.access.require(Right.OPERATE);
        return new Bulk(books).sweep(books.clock.orNow(at), after, Check.range(limit, 1, 1000, "limit"));
    }

    /** The queries of this ledger. */
    public LedgerReads reads() {
        return new LedgerReads(books);
    }

    private Fingerprint reversal(String command, RequestKey original, Posting posting) {
        return Check.present(posting, "posting")
                .fingerprint(command, books.asset)
                .and(Check.present(original, "key of the booking").value());
    }
}
