package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.ledger.Taking.Pick;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.merge.MergeConflict;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes one asset of two customers apart again: what is left of the value that came returns to the lots it came from, what was used of it
 * is made up from the survivor's other lots, and then by owing again what it had paid of her debt. Made and used by one command.
 */
final class Parting {
    private final MergedAsset asset;
    private final Draft survivor;
    private final Draft merged;
    private final List<MergeConflict> conflicts = new ArrayList<>();

    Parting(LedgerStore store, MergedAsset asset, Draft survivor, Draft merged) {
        this.asset = asset;
        this.survivor = survivor;
        this.merged = merged;
        new Taking(store).loadAll(survivor);
        List<Movement> left = store.movements(merged.before.id(), asset.out());
        List<Movement> came = store.movements(survivor.before.id(), asset.in());
        survivor.know(store.lots(
                survivor.before.id(),
                came.stream().map(Movement::lotNo).distinct().toList()));
        merged.know(store.lots(
                merged.before.id(),
                left.stream().map(Movement::lotNo).distinct().toList()));
        part(left, store.lotsMadeBy(survivor.before.id(), asset.in()), came);
    }

    Draft survivor() {
        return survivor;
    }

    Draft merged() {
        return merged;
    }

    List<MergeConflict> conflicts() {
        return conflicts;
    }

    private void part(List<Movement> left, List<Lot> made, List<Movement> came) {
        survivor.know(made);
        survivor.begin(EntryType.MERGE_OUT);
        merged.begin(EntryType.MERGE_IN);
        long debt = forgiven(came, made);
        List<Movement> lots =
                left.stream().filter(it -> it.lotNo() != Movement.DEBT).toList();
        long[] back = new long[lots.size()];
        long missing = 0;
        for (int i = 0; i < back.length; i++) {
            Lot lot = survivor.lot(made.get(i).no());
            back[i] = lot.remaining();
            survivor.move(lot, -back[i], 0);
            missing += lot.isExpired(survivor.at) ? 0 : lot.granted() - back[i];
        }
        long filled = fill(missing, came, made);
        for (int i = 0; i < back.length; i++) {
            Lot lot = made.get(i);
            long more = lot.isExpired(survivor.at) ? 0 : Math.min(filled, lot.granted() - back[i]);
            filled -= more;
            if (back[i] + more > 0) {
                merged.move(merged.lot(lots.get(i).lotNo()), back[i] + more, 0);
            }
        }
        if (debt > 0) {
            merged.owe(debt);
        }
        survivor.end(0, false, null);
        merged.end(0, false, null);
        survivor.lapse();
        merged.lapse();
    }

    /** Makes up for what was used since; how much of it. */
    private long fill(long missing, List<Movement> came, List<Lot> made) {
        long paid = came.stream()
                .filter(it -> it.lotNo() == Movement.DEBT && it.delta() > 0)
                .mapToLong(Movement::delta)
                .sum();
        List<Lot> others = survivor.usable().stream()
                .filter(lot -> made.stream().noneMatch(one -> one.no() == lot.no()))
                .toList();
        long filled = 0;
        for (Pick pick : Taking.first(others, missing)) {
            survivor.move(pick.lot(), -pick.amount(), 0);
            filled += pick.amount();
        }
        long owed = Math.min(missing - filled, paid);
        if (owed > 0) {
            survivor.owe(owed);
            filled += owed;
        }
        if (filled < missing) {
            conflicts.add(MergeConflict.told("ledger", asset.asset().code(), "USED_SINCE", missing - filled));
        }
        return filled;
    }

    /**
     * Takes a debt that came off the survivor again: it is not hers; how much of it is given back. What was paid by earnings since, or from
     * a lot that has lapsed since, stays paid.
     */
    private long forgiven(List<Movement> came, List<Lot> made) {
        long borrowed = 0;
        long debt = 0;
        long gone = 0;
        for (Movement movement : came) {
            if (movement.lotNo() == Movement.DEBT && movement.delta() < 0) {
                borrowed -= movement.delta();
            } else if (movement.delta() < 0 && made.stream().noneMatch(lot -> lot.no() == movement.lotNo())) {
                Lot lot = survivor.lot(movement.lotNo());
                if (lot.isExpired(survivor.at)) {
                    gone -= movement.delta();
                } else {
                    survivor.move(lot, -movement.delta(), 0);
                    debt -= movement.delta();
                }
            }
        }
        long still = Math.min(borrowed, survivor.debt());
        if (still > 0) {
            survivor.owe(-still);
        }
        gone += borrowed - still;
        if (gone > 0) {
            conflicts.add(MergeConflict.told("ledger", asset.asset().code(), "DEBT_PAID_SINCE", gone));
        }
        return debt + still;
    }
}
