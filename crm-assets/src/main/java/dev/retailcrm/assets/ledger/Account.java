package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The head of one account: the sums as of its last entry. Its lots and holds are loaded only when a command needs them. Always true:
 * Σ remaining of the lots = {@code posted − held + debt}. Immutable. Amounts are in the asset's smallest unit.
 *
 * @param seq the number of the last entry; 0 if there is none
 * @param posted the balance as booked: Σ of all entries; below zero only by {@code debt}
 * @param held the part of it that open holds reserve
 * @param debt what the customer owes after a take-back that was short
 * @param pending the part of it in lots that become available after {@code asOf}
 * @param asOf when the last entry was booked
 * @param activeAt when the customer last earned, topped up, held or used; {@code null} if never
 * @param dueAt a lower bound of the next instant at which time alone changes what is available; {@code null} if it never does
 * @param slides whether a lot slides with activity
 * @param eventSeq the number of the last event of the customer's wallet
 * @param movedTo the customer she was merged into, who has her value; {@code null} if she was not
 */
public record Account(
        AccountId id,
        long seq,
        long posted,
        long held,
        long debt,
        long pending,
        Instant asOf,
        @Nullable Instant activeAt,
        @Nullable Instant dueAt,
        boolean slides,
        long eventSeq,
        @Nullable CustomerId movedTo) {
    /** Refuses a state no sequence of commands leads to. */
    public Account {
        if (seq < 0 || held < 0 || debt < 0 || pending < 0 || posted - held + debt < pending || eventSeq < 0) {
            throw new IllegalStateException("account out of balance: seq " + seq + " posted " + posted + " held " + held
                    + " debt " + debt + " pending " + pending);
        }
    }

    /** An account of a customer who was not merged. */
    public Account(
            AccountId id,
            long seq,
            long posted,
            long held,
            long debt,
            long pending,
            Instant asOf,
            @Nullable Instant activeAt,
            @Nullable Instant dueAt,
            boolean slides,
            long eventSeq) {
        this(id, seq, posted, held, debt, pending, asOf, activeAt, dueAt, slides, eventSeq, null);
    }

    /** An account without entries. */
    public static Account opened(AccountId id, long eventSeq) {
        return new Account(id, 0, 0, 0, 0, 0, Instant.EPOCH, null, null, false, eventSeq);
    }

    /** The same in a wallet whose last event has this number. */
    public Account afterEvent(long lastEventSeq) {
        return lastEventSeq == eventSeq
                ? this
                : new Account(
                        id, seq, posted, held, debt, pending, asOf, activeAt, dueAt, slides, lastEventSeq, movedTo);
    }

    /** The same, whose value is somebody else's by now. */
    public Account movedTo(@Nullable CustomerId survivor) {
        return new Account(id, seq, posted, held, debt, pending, asOf, activeAt, dueAt, slides, eventSeq, survivor);
    }

    /** Whether something lapsed, became available or ran out by then, so that the sums of this head no longer tell what is available. */
    public boolean isDue(Instant at) {
        return dueAt != null && !at.isBefore(dueAt);
    }

    /** What can be used, as long as nothing {@linkplain #isDue is due}. */
    public long available() {
        return Math.max(0, posted - held - pending);
    }

    /** The later of the two: an entry is never booked before the one it follows. */
    Instant bookedAt(Instant at) {
        return at.isBefore(asOf) ? asOf : Check.present(at, "instant");
    }
}
