package dev.retailcrm.tck;

import static dev.retailcrm.assets.spi.ValueDimension.BOOKED_MONTH;
import static dev.retailcrm.assets.spi.ValueDimension.EXPIRY_MONTH;
import static dev.retailcrm.assets.spi.ValueDimension.ISSUED_MONTH;
import static dev.retailcrm.assets.spi.ValueDimension.ISSUED_STORE;
import static dev.retailcrm.assets.spi.ValueDimension.LAPSED;
import static dev.retailcrm.assets.spi.ValueDimension.PART;
import static dev.retailcrm.assets.spi.ValueDimension.STORE;
import static dev.retailcrm.assets.spi.ValueDimension.TYPE;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountSums;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.assets.spi.ValueQuery;
import dev.retailcrm.assets.spi.ValueSum;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    /** What each entry of a window did to each lot and to the debt. */
    List<ValueSum> values(ValueQuery query) {
        Map<Long, Lot> lots = new HashMap<>();
        List<ValueSum> values = new ArrayList<>();
        for (Lot lot : rows.lots()) {
            lots.put(lot.no(), lot);
            Entry entry = entry(lot.entrySeq());
            if (isWithin(entry, query)) {
                values.add(value(query, entry, lot, lot.granted()));
            }
        }
        for (Entry entry : rows.entries()) {
            if (isWithin(entry, query)) {
                rows.movements(entry.seq())
                        .forEach(it ->
                                values.add(value(query, entry, lots.get(it.lotNo()), it.delta() + it.heldDelta())));
            }
        }
        return values;
    }

    private Entry entry(long seq) {
        return rows.entries().get((int) seq - 1);
    }

    private static boolean isWithin(Entry entry, ValueQuery query) {
        return !entry.at().isBefore(query.from()) && entry.at().isBefore(query.to());
    }

    private ValueSum value(ValueQuery query, Entry entry, @Nullable Lot lot, long amount) {
        Entry origin = lot == null ? null : entry(lot.entrySeq());
        Instant expiresAt = lot == null ? null : lot.expiresAt();
        return new ValueSum(
                query.asks(TYPE) ? entry.type() : null,
                query.asks(STORE) ? entry.store() : null,
                query.asks(BOOKED_MONTH) ? Integer.valueOf(query.month(entry.at())) : null,
                (lot != null && query.asks(PART)) ? lot.part() : null,
                (origin != null && query.asks(ISSUED_STORE)) ? origin.store() : null,
                (origin != null && query.asks(ISSUED_MONTH)) ? Integer.valueOf(query.month(origin.at())) : null,
                (expiresAt != null && query.asks(EXPIRY_MONTH)) ? Integer.valueOf(query.month(expiresAt)) : null,
                (lot != null && query.asks(LAPSED)) ? Boolean.valueOf(lot.isExpired(query.at())) : null,
                amount);
    }
}
