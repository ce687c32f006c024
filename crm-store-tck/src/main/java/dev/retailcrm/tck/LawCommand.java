package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import java.time.Duration;
import java.time.Instant;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * One command of a random sequence. Customers and assets are numbered, and what a command refers to is named by the key of the command
 * that booked it, so that one sequence can be run in several places and gives the same numbers everywhere.
 *
 * @param now where the clock stands
 * @param at when it says it happened, now or before
 * @param of the key of the command it refers to; empty if to none
 */
record LawCommand(
        Kind kind,
        String key,
        Instant now,
        Instant at,
        int asset,
        int customer,
        int other,
        long amount,
        long bonus,
        @Nullable Expiry expiry,
        @Nullable Instant availableFrom,
        long cost,
        Duration duration,
        String of) {
    static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    static final StaffId STAFF = StaffId.of("kim");

    enum Kind {
        EARN,
        TOP_UP,
        SPEND,
        SPEND_UP_TO,
        HOLD,
        CAPTURE,
        RELEASE,
        REFUND,
        TAKE_BACK,
        TAKE_BACK_FOR,
        ADJUST,
        TRANSFER,
        CASH_OUT,
        SWEEP
    }

    Grant grant() {
        return new Grant(amount, bonus, expiry, null, availableFrom, cost == 0 ? null : money());
    }

    Money money() {
        return Money.ofMinor(CNY, cost);
    }

    Posting posting() {
        return Posting.key(key).by(STAFF).at(at);
    }

    RequestKey original() {
        return RequestKey.of(of.isEmpty() ? "nothing" : of);
    }

    /** The same command again, later. */
    LawCommand again(Instant later) {
        return new LawCommand(
                kind,
                key,
                later,
                later,
                asset,
                customer,
                other,
                amount,
                bonus,
                expiry,
                availableFrom,
                cost,
                duration,
                of);
    }

    /** Another command under the same key, later. */
    LawCommand other(Instant later) {
        return new LawCommand(
                kind,
                key,
                later,
                later,
                asset,
                customer,
                other,
                amount + 1,
                bonus,
                expiry,
                availableFrom,
                cost + 1,
                duration.plusSeconds(1),
                of + "x");
    }

    /** Whether the two are one command given twice. */
    boolean isSame(LawCommand that) {
        return again(that.now).equals(that.again(that.now));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        text.append(now).append(' ').append(kind).append(" '").append(key).append('\'');
        text.append(" asset ").append(asset).append(" customer ").append(customer);
        text.append(kind == Kind.TRANSFER ? " to " + other : "")
                .append(" amount ")
                .append(amount);
        text.append(bonus == 0 ? "" : " bonus " + bonus).append(expiry == null ? "" : " expiring " + expiry);
        text.append(availableFrom == null ? "" : " available " + availableFrom);
        text.append(cost == 0 ? "" : " cost " + cost).append(kind == Kind.HOLD ? " for " + duration : "");
        text.append(of.isEmpty() ? "" : " of '" + of + "'");
        return text.append(at.equals(now) ? "" : " happened " + at).toString();
    }
}
