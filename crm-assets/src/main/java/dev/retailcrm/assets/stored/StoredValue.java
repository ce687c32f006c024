package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.AssetKind;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.LedgerReads;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Probe;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.ledger.SweepProgress;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * Prepaid value in one currency of one tenant: principal the customer paid for, and bonus given on top. Thread-safe. Every command
 * refuses money of another currency as {@link AssetError#WRONG_CURRENCY}; round trips and the other errors any command may throw are
 * those of {@link Ledger}.
 */
public final class StoredValue {
    private final Ledger ledger;
    private final LedgerReads reads;
    private final Currency currency;

    /** The face of a ledger of stored value. */
    public StoredValue(Ledger ledger) {
        Asset asset = Check.present(ledger, "ledger").asset();
        if (asset.kind() != AssetKind.STORED_VALUE && asset.kind() != AssetKind.GIFT_CARD) {
            throw AssetError.INVALID_TERM.because("%s is not money", asset);
        }
        this.ledger = ledger;
        this.reads = ledger.reads();
        this.currency = new Currency(CurrencyUnit.of(asset.unit()));
    }

    /** The same stored value, as far as this access permits. */
    public StoredValue guardedBy(Access granted) {
        return new StoredValue(ledger.guardedBy(granted));
    }

    /**
     * Sells stored value: principal and bonus become lots of their own.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public MoneyBooking topUp(CustomerId customer, TopUp topUp, Posting posting) {
        Check.present(topUp, "top-up");
        Grant grant = new Grant(
                currency.minor(topUp.principal()),
                topUp.bonus() == null ? 0 : currency.minor(topUp.bonus()),
                topUp.expiry(),
                topUp.bonusExpiry(),
                topUp.availableFrom(),
                topUp.price() == null ? topUp.principal() : topUp.price());
        return money(ledger.grant(customer, EntryType.TOP_UP, grant, posting));
    }

    /**
     * Pays with stored value, by the account's {@link SpendOrder}.
     *
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public MoneyBooking spend(CustomerId customer, Money amount, Posting posting) {
        return money(ledger.spend(customer, currency.minor(amount), false, posting));
    }

    /**
     * Pays with as much stored value as there is, up to an amount.
     *
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE} if there is none
     */
    public MoneyBooking spendUpTo(CustomerId customer, Money amount, Posting posting) {
        return money(ledger.spend(customer, currency.minor(amount), true, posting));
    }

    /** Whether an amount could be spent now; figures in the currency's smallest unit. One round trip, as a rule. */
    public Probe probe(CustomerId customer, Money amount) {
        return reads.probe(customer, currency.minor(amount), null);
    }

    /**
     * Reserves stored value for a while.
     *
     * @param duration 1 second to 3,660 days
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public MoneyBooking hold(CustomerId customer, Money amount, Duration duration, Posting posting) {
        return money(ledger.hold(customer, currency.minor(amount), duration, posting));
    }

    /**
     * Spends a hold, in whole or part; the rest is freed.
     *
     * @param hold the number given by {@link MoneyBooking#holdNo()}
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}, {@link AssetError#CAPTURE_EXCEEDS_HOLD}
     */
    public MoneyBooking capture(CustomerId customer, long hold, Money amount, Posting posting) {
        return money(ledger.capture(customer, hold, currency.minor(amount), posting));
    }

    /**
     * Frees a hold.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}
     */
    public MoneyBooking release(CustomerId customer, long hold, Posting posting) {
        return money(ledger.release(customer, hold, posting));
    }

    /**
     * Gives spent value back to the parts and lots it came from. See {@link Ledger#refund}.
     *
     * @param original the key of the spend, capture or negative adjustment
     */
    public MoneyBooking refund(CustomerId customer, RequestKey original, Money amount, Posting posting) {
        return money(ledger.refund(customer, original, currency.minor(amount), posting));
    }

    /**
     * Takes sold value back, principal and bonus in proportion. See {@link Ledger#takeBack}.
     *
     * @param original the key of the top-up or positive adjustment
     */
    public MoneyBooking takeBack(CustomerId customer, RequestKey original, Money amount, Posting posting) {
        return money(ledger.takeBack(customer, original, currency.minor(amount), posting));
    }

    /**
     * Takes back the value that belongs to a refund of its price. See {@link Ledger#takeBackFor}.
     *
     * @param original the key of the top-up
     * @param price what is paid back, in the currency it was paid in
     */
    public MoneyBooking takeBackFor(CustomerId customer, RequestKey original, Money price, Posting posting) {
        return money(ledger.takeBackFor(customer, original, price, posting));
    }

    /**
     * Pays principal out and takes the bonus back in proportion. See {@link Ledger#cashOut}.
     *
     * @param amount principal to be paid out
     * @return its {@link MoneyBooking#principal()} is what to pay, negated
     */
    public MoneyBooking cashOut(CustomerId customer, Money amount, Posting posting) {
        return money(ledger.cashOut(customer, currency.minor(amount), posting));
    }

    /**
     * Corrects the account.
     *
     * @param amount above or below zero
     * @param reason 1 to 200 characters
     * @param posting must name the operator
     */
    public MoneyBooking adjust(CustomerId customer, Money amount, String reason, Posting posting) {
        return money(ledger.adjust(customer, currency.minor(amount), reason, posting));
    }

    /**
     * Gives stored value to another customer; it keeps its part, expiry and cost.
     *
     * @return what was booked for the giver
     */
    public MoneyBooking transfer(CustomerId from, CustomerId to, Money amount, Posting posting) {
        return money(ledger.transfer(from, to, currency.minor(amount), posting));
    }

    /** The stored value now. One round trip, as a rule. */
    public MoneyBalance balance(CustomerId customer) {
        return MoneyBalance.of(reads.balance(customer, null), currency.unit());
    }

    /** The stored value at an instant, past or to come. */
    public MoneyBalance balance(CustomerId customer, Instant at) {
        return MoneyBalance.of(reads.balance(customer, Check.present(at, "instant")), currency.unit());
    }

    /** The account with its lots and holds; empty if she never had stored value. Four round trips. */
    public Optional<StoredValueAccount> account(CustomerId customer) {
        return reads.account(customer)
                .map(head ->
                        new StoredValueAccount(head, balance(customer), reads.lots(customer), reads.holds(customer)));
    }

    /** The entries of an account in the order of booking, in the currency's smallest unit; one round trip a page. */
    public Page<Entry> statement(CustomerId customer, PageRequest page) {
        return reads.entries(customer, null, null, page);
    }

    /** The entries booked at or after {@code from} and before {@code to}. */
    public Page<Entry> statement(CustomerId customer, Instant from, Instant to, PageRequest page) {
        return reads.entries(customer, Check.present(from, "from"), Check.present(to, "to"), page);
    }

    /** The lots of a customer that expire before an instant, soonest first. One round trip. */
    public List<Lot> expiring(CustomerId customer, Instant before) {
        return reads.expiring(customer, before, null);
    }

    /**
     * Books what lapsed, one page of accounts a call. See {@link Ledger#sweep}.
     *
     * @param after the cursor of the page before; {@code null} to start
     * @param limit 1 to 1,000 accounts
     */
    public SweepProgress sweep(@Nullable CustomerId after, int limit) {
        return ledger.sweep(null, after, limit);
    }

    /** The ledger beneath, for sums and flows. */
    public Ledger ledger() {
        return ledger;
    }

    private MoneyBooking money(Booking booking) {
        return MoneyBooking.of(booking, currency.unit());
    }
}
