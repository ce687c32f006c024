package dev.retailcrm.tck;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The rows of one account. Not thread-safe; guarded by its {@link CustomerRows}. */
final class AccountRows {
    /** Soonest expiry first, those without last, then the oldest. */
    static final Comparator<Lot> SPEND_ORDER = Comparator.comparing(
                    Lot::expiresAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparingLong(Lot::no);

    final Asset asset;
    private Account head;
    private final List<Entry> entries;
    private final List<List<Movement>> movements;
    private final List<Lot> lots;
    private final TreeMap<Long, Hold> holds;
    private final Map<Long, Long> reversed;

    /** The open lots in spend order; {@code null} until somebody asks for them. */
    private @Nullable NavigableSet<Lot> open;

    AccountRows(Account opened) {
        asset = opened.id().asset();
        head = opened;
        entries = new ArrayList<>();
        movements = new ArrayList<>();
        lots = new ArrayList<>();
        holds = new TreeMap<>();
        reversed = new HashMap<>(0);
    }

    private AccountRows(AccountRows other) {
        asset = other.asset;
        head = other.head;
        entries = new ArrayList<>(other.entries);
        movements = new ArrayList<>(other.movements);
        lots = new ArrayList<>(other.lots);
        holds = new TreeMap<>(other.holds);
        reversed = new HashMap<>(other.reversed);
    }

    AccountRows copy() {
        return new AccountRows(this);
    }

    Account head() {
        return head;
    }

    void apply(LedgerChange change) {
        head = change.after();
        List<Movement> moved = change.movements();
        for (Entry entry : change.entries()) {
            entries.add(entry);
            movements.add(moved.isEmpty() ? List.of() : of(entry, moved));
            noteReversal(entry);
        }
        for (Lot lot : change.opened()) {
            lots.add(lot);
            index(lot);
        }
        for (Lot lot : change.changed()) {
            replace(lot);
        }
        if (change.slideFrom() != null) {
            slide(change.slideFrom());
        }
        change.placed().forEach(hold -> holds.put(hold.no(), hold));
        change.ended().forEach(hold -> holds.put(hold.no(), hold));
    }

    private static List<Movement> of(Entry entry, List<Movement> moved) {
        return moved.stream().filter(movement -> movement.seq() == entry.seq()).toList();
    }

    private void noteReversal(Entry entry) {
        if (entry.type() == EntryType.REFUND || entry.type() == EntryType.TAKE_BACK) {
            reversed.merge(entry.reverses(), Math.abs(entry.amount()), Long::sum);
        }
    }

    private void slide(Instant activity) {
        for (Lot lot : List.copyOf(open())) {
            if (lot.slideDays() > 0) {
                replace(lot.slidFrom(activity));
            }
        }
    }

    private void replace(Lot lot) {
        int place = placeOf(lot.no());
        Lot was = lots.set(place, lot);
        if (open != null) {
            open.remove(was);
        }
        index(lot);
    }

    private void index(Lot lot) {
        if (open != null && lot.openUntil() != null) {
            open.add(lot);
        }
    }

    /** Where the lot with this number is, or as {@link java.util.Collections#binarySearch} where it would be. */
    private int placeOf(long no) {
        int low = 0;
        int high = lots.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            long found = lots.get(middle).no();
            if (found == no) {
                return middle;
            }
            if (found < no) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private NavigableSet<Lot> open() {
        NavigableSet<Lot> sorted = open;
        if (sorted == null) {
            sorted = new TreeSet<>(SPEND_ORDER);
            for (Lot lot : lots) {
                if (lot.openUntil() != null) {
                    sorted.add(lot);
                }
            }
            open = sorted;
        }
        return sorted;
    }

    List<Lot> spendable(Instant at, @Nullable Lot after, int limit) {
        return (after == null ? open() : open().tailSet(after, false))
                .stream().filter(lot -> lot.isSpendable(at)).limit(limit).toList();
    }

    List<Lot> openLots() {
        return open().stream().sorted(Comparator.comparingLong(Lot::no)).toList();
    }

    Optional<Lot> lot(long no) {
        int place = placeOf(no);
        return place < 0 ? Optional.empty() : Optional.of(lots.get(place));
    }

    List<Lot> lotsMadeBy(long seq) {
        return lots.subList(firstLotOf(seq), firstLotOf(seq + 1)).stream().toList();
    }

    List<Lot> lots() {
        return lots;
    }

    private int firstLotOf(long seq) {
        int place = placeOf(seq * Lot.PER_ENTRY);
        return place < 0 ? -place - 1 : place;
    }

    List<Hold> openHolds() {
        return holds.values().stream()
                .filter(hold -> hold.state() == Hold.State.OPEN)
                .toList();
    }

    Optional<Hold> hold(long no) {
        return Optional.ofNullable(holds.get(no));
    }

    List<Hold> holds() {
        return List.copyOf(holds.values());
    }

    Optional<Entry> entry(long seq) {
        return seq < 1 || seq > entries.size() ? Optional.empty() : Optional.of(entries.get((int) seq - 1));
    }

    List<Entry> entries() {
        return entries;
    }

    List<Movement> movements(long seq) {
        return seq < 1 || seq > entries.size() ? List.of() : movements.get((int) seq - 1);
    }

    long reversed(long seq) {
        return reversed.getOrDefault(seq, 0L);
    }

    /** Empties up to so many reasons; how many. */
    int forgetReasons(int limit) {
        int emptied = 0;
        for (int i = 0; i < entries.size() && emptied < limit; i++) {
            if (entries.get(i).reason() != null) {
                entries.set(i, entries.get(i).withoutReason());
                emptied++;
            }
        }
        return emptied;
    }

    AccountPast past() {
        return new AccountPast(this);
    }

    /** Every row as text, in order. */
    List<String> dump() {
        List<String> rows = new ArrayList<>();
        rows.add(head.toString());
        for (int i = 0; i < entries.size(); i++) {
            rows.add(entries.get(i) + " " + entries.get(i).reason());
            movements.get(i).forEach(movement -> rows.add(movement.toString()));
        }
        lots.forEach(lot -> rows.add(lot.toString()));
        holds.values().forEach(hold -> rows.add(hold.toString()));
        return rows;
    }
}
