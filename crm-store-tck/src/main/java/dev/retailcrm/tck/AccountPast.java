package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Works out from the rows of an account how it stood after one of its entries. */
final class AccountPast {
    private static final Set<EntryType> ACTIVITY =
            EnumSet.of(EntryType.EARN, EntryType.TOP_UP, EntryType.SPEND, EntryType.CAPTURE, EntryType.HOLD);

    private final AccountRows rows;

    AccountPast(AccountRows rows) {
        this.rows = rows;
    }

    Optional<Entry> lastEntry(Instant at) {
        List<Entry> entries = rows.entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            if (!entries.get(i).at().isAfter(at)) {
                return Optional.of(entries.get(i));
            }
        }
        return Optional.empty();
    }

    List<Entry> entries(long afterSeq, Instant from, Instant to, int limit) {
        return rows.entries().stream()
                .skip(Math.max(0, afterSeq))
                .filter(entry -> !entry.at().isBefore(from) && entry.at().isBefore(to))
                .limit(limit)
                .toList();
    }

    List<Lot> lotsAsOf(long seq) {
        Map<Long, long[]> sums = new HashMap<>();
        for (long s = 1; s <= seq; s++) {
            for (Movement movement : rows.movements(s)) {
                long[] sum = sums.computeIfAbsent(movement.lotNo(), no -> new long[2]);
                sum[0] += movement.delta();
                sum[1] += movement.heldDelta();
            }
        }
        List<Lot> then = new ArrayList<>();
        for (Lot lot : rows.lots()) {
            if (lot.entrySeq() <= seq) {
                long[] sum = sums.getOrDefault(lot.no(), new long[2]);
                if (lot.granted() + sum[0] + sum[1] > 0) {
                    then.add(with(lot, lot.granted() + sum[0], sum[1]));
                }
            }
        }
        return then;
    }

    private static Lot with(Lot lot, long remaining, long held) {
        return new Lot(
                lot.no(),
                lot.part(),
                lot.granted(),
                remaining,
                held,
                lot.availableFrom(),
                lot.expiresAt(),
                lot.slideDays(),
                lot.cost());
    }

    List<Hold> holdsAsOf(long seq) {
        return rows.holds().stream()
                .filter(hold -> hold.no() <= seq && (hold.endedBy() == 0 || hold.endedBy() > seq))
                .map(hold -> new Hold(hold.no(), hold.amount(), hold.expiresAt(), Hold.State.OPEN, 0, 0))
                .toList();
    }

    long debtAsOf(long seq) {
        long debt = 0;
        for (long s = 1; s <= seq; s++) {
            for (Movement movement : rows.movements(s)) {
                debt -= movement.lotNo() == Movement.DEBT ? movement.delta() : 0;
            }
        }
        return debt;
    }

    Optional<Instant> lastActivity(long seq) {
        for (long s = Math.min(seq, rows.entries().size()); s > 0; s--) {
            Entry entry = rows.entries().get((int) s - 1);
            if (ACTIVITY.contains(entry.type())) {
                return Optional.of(entry.at());
            }
        }
        return Optional.empty();
    }

    AccountSums sums(CustomerId customer) {
        Account head = rows.head();
        return new AccountSums(
                customer,
                head.seq(),
                head.posted(),
                head.held(),
                head.debt(),
                rows.entries().size(),
                rows.entries().stream().mapToLong(Entry::amount).sum(),
                rows.lots().stream().mapToLong(Lot::remaining).sum(),
                rows.lots().stream().mapToLong(Lot::held).sum(),
                rows.openHolds().stream().mapToLong(Hold::amount).sum());
    }
}
