package dev.retailcrm.assets.ledger;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a command: what was booked. A repetition of the command gets an equal one. Immutable.
 *
 * @param entry the ledger line
 * @param movements what it did to each lot; a lot it made is a movement of {@code +granted}
 * @param hold the hold it placed or ended, as that left it; {@code null} if it was none
 */
public record Booking(
        Entry entry, List<Movement> movements, @Nullable Hold hold) {
    /** Copies the movements. */
    public Booking {
        movements = List.copyOf(movements);
    }

    /** The number of the hold it placed or ended; 0 if none. */
    public long holdNo() {
        return hold == null ? 0 : hold.no();
    }

    /** The cost of what it used, in the smallest unit of the lots' cost; below zero if use was given back. */
    public long costMinor() {
        return movements.stream().mapToLong(Movement::costMinor).sum();
    }

    /** What it added to a part (above zero) or took from it (below zero), held value included. */
    public long amountOf(Part part) {
        return movements.stream()
                .filter(movement -> movement.part() == part)
                .mapToLong(movement -> movement.delta() + movement.heldDelta())
                .sum();
    }

    static Booking of(Entry entry, List<Lot> opened, List<Movement> movements, List<Hold> placed, List<Hold> ended) {
        List<Movement> all = new ArrayList<>(2);
        for (Lot lot : opened) {
            if (lot.entrySeq() == entry.seq()) {
                all.add(new Movement(entry.seq(), lot.no(), lot.part(), lot.granted(), 0, 0));
            }
        }
        for (Movement movement : movements) {
            if (movement.seq() == entry.seq()) {
                all.add(movement);
            }
        }
        Hold hold = null;
        for (Hold candidate : placed) {
            hold = candidate.no() == entry.seq() ? candidate : hold;
        }
        for (Hold candidate : ended) {
            hold = candidate.endedBy() == entry.seq() ? candidate : hold;
        }
        return new Booking(entry, all, hold);
    }
}
