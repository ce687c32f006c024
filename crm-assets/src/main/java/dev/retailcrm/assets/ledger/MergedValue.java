package dev.retailcrm.assets.ledger;

import java.util.List;

/** How value goes from the account of one customer to that of another with all it is: part, expiry, cost. Stateless. */
final class MergedValue {
    private MergedValue() {}

    /** Takes all that remains out of these lots, and a debt away, in one entry; the movements. */
    static List<Movement> leave(Draft from, List<Lot> lots, long debt) {
        from.begin(EntryType.MERGE_OUT);
        for (Lot lot : lots) {
            from.move(lot, -lot.remaining(), 0);
        }
        if (debt > 0) {
            from.owe(-debt);
        }
        from.end(0, false, null);
        return from.movements(from.seq());
    }

    /**
     * Opens a lot for each of the movements by which value left, which pays a debt first, and takes a debt that came from other lots, or
     * lets it be owed. The number of the entry.
     */
    static long arrive(Draft to, Draft from, List<Movement> left) {
        long debt = 0;
        to.begin(EntryType.MERGE_IN);
        for (Movement movement : left) {
            if (movement.lotNo() == Movement.DEBT) {
                debt += movement.delta();
            } else {
                Lot lot = from.lot(movement.lotNo());
                Lot.Cost paid = lot.cost();
                to.open(
                        lot.part(),
                        -movement.delta(),
                        lot.availableFrom(),
                        lot.expiresAt(),
                        lot.slideDays(),
                        paid == null ? null : new Lot.Cost(paid.currency(), movement.costMinor()));
            }
        }
        long owed = debt;
        for (Taking.Pick pick : Taking.first(to.usable(), debt)) {
            to.move(pick.lot(), -pick.amount(), 0);
            owed -= pick.amount();
        }
        if (owed > 0) {
            to.owe(owed);
        }
        to.end(0, false, null);
        long answer = to.seq();
        to.lapse();
        return answer;
    }
}
