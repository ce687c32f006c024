package dev.retailcrm.assets.points;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.ExpiringLot;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.LedgerReads;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Outcome;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Probe;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
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
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The points of one program of one tenant. Thread-safe. Points are whole numbers of 1 to 10<sup>15</sup> a command; round trips and
 * the errors any command may throw are those of {@link Ledger}.
 */
public final class Points {
    private final Ledger ledger;
    private final LedgerReads reads;

    /** The face of a ledger of points. */
    public Points(Ledger ledger) {
        this.ledger = Check.present(ledger, "ledger");
        this.reads = ledger.reads();
    }

    /** The same points, as far as this access permits. */
    public Points guardedBy(Access granted) {
        return new Points(ledger.guardedBy(granted));
    }

    /**
     * Gives points, on the program's terms.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public Booking earn(CustomerId customer, long points, Posting posting) {
        return earn(customer, Grant.of(points), posting);
    }

    /**
     * Gives points that expire, become available or cost something of their own.
     *
     * @throws CrmException {@link AssetError#CAP_EXCEEDED}
     */
    public Booking earn(CustomerId customer, Grant grant, Posting posting) {
        return ledger.grant(customer, EntryType.EARN, grant, posting);
    }

    /**
     * Gives points to many, 500 a transaction. See {@link Ledger#grantAll}.
     *
     * @return one outcome an award, in the same order
     */
    public List<Outcome> earnAll(List<Award> awards) {
        return ledger.grantAll(EntryType.EARN, awards, 500);
    }

    /**
     * Takes points out, soonest expiring first. Spending the whole balance is allowed.
     *
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Booking spend(CustomerId customer, long points, Posting posting) {
        return ledger.spend(customer, points, false, posting);
    }

    /**
     * Takes out as many points as there are, up to a number.
     *
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE} if there are none
     */
    public Booking spendUpTo(CustomerId customer, long points, Posting posting) {
        return ledger.spend(customer, points, true, posting);
    }

    /** Whether a number of points could be spent now. One round trip, as a rule. */
    public Probe probe(CustomerId customer, long points) {
        return reads.probe(customer, points, null);
    }

    /**
     * Reserves points for a while.
     *
     * @param duration 1 second to 3,660 days
     * @throws CrmException {@link AssetError#INSUFFICIENT_VALUE}
     */
    public Booking hold(CustomerId customer, long points, Duration duration, Posting posting) {
        return ledger.hold(customer, points, duration, posting);
    }

    /**
     * Spends a hold, in whole or part; the rest is freed.
     *
     * @param hold the number of the booking's hold
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}, {@link AssetError#CAPTURE_EXCEEDS_HOLD}
     */
    public Booking capture(CustomerId customer, long hold, long points, Posting posting) {
        return ledger.capture(customer, hold, points, posting);
    }

    /**
     * Frees a hold.
     *
     * @throws CrmException {@link AssetError#UNKNOWN_HOLD}, {@link AssetError#HOLD_ENDED}
     */
    public Booking release(CustomerId customer, long hold, Posting posting) {
        return ledger.release(customer, hold, posting);
    }

    /**
     * Gives spent points back to the lots they came from. See {@link Ledger#refund}.
     *
     * @param original the key of the spend, capture or negative adjustment
     */
    public Booking refund(CustomerId customer, RequestKey original, long points, Posting posting) {
        return ledger.refund(customer, original, points, posting);
    }

    /**
     * Takes earned points back, for goods returned; if fewer are left, by the {@link ShortfallPolicy}. See {@link Ledger#takeBack}.
     *
     * @param original the key of the earning or positive adjustment
     */
    public Booking takeBack(CustomerId customer, RequestKey original, long points, Posting posting) {
        return ledger.takeBack(customer, original, points, posting);
    }

    /**
     * Takes back the points that belong to a refund of their price. See {@link Ledger#takeBackFor}.
     *
     * @param original the key of the grant that cost something
     */
    public Booking takeBackFor(CustomerId customer, RequestKey original, Money money, Posting posting) {
        return ledger.takeBackFor(customer, original, money, posting);
    }

    /**
     * Corrects the points.
     *
     * @param points above or below zero
     * @param reason 1 to 200 characters
     * @param posting must name the operator
     */
    public Booking adjust(CustomerId customer, long points, String reason, Posting posting) {
        return ledger.adjust(customer, points, reason, posting);
    }

    /**
     * Gives points to another customer; they keep their expiry.
     *
     * @return what was booked for the giver
     */
    public Booking transfer(CustomerId from, CustomerId to, long points, Posting posting) {
        return ledger.transfer(from, to, points, posting);
    }

    /** The points now. One round trip, as a rule. */
    public Balance balance(CustomerId customer) {
        return reads.balance(customer, null);
    }

    /** The points at an instant, past or to come. */
    public Balance balance(CustomerId customer, Instant at) {
        return reads.balance(customer, Check.present(at, "instant"));
    }

    /** The account with its lots and holds; empty if she never had points. Four round trips. */
    public Optional<PointAccount> account(CustomerId customer) {
        return reads.account(customer)
                .map(head -> new PointAccount(
                        head, reads.balance(customer, null), reads.lots(customer), reads.holds(customer)));
    }

    /** The entries of an account in the order of booking; one round trip a page. */
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

    /** The lots of all customers that expire in {@code from} (inclusive) to {@code to} (exclusive). */
    public Page<ExpiringLot> expiring(Instant from, Instant to, PageRequest page) {
        return reads.expiring(Check.present(from, "from"), Check.present(to, "to"), page);
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
}
