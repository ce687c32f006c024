package dev.retailcrm.assets.rule;

import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An account as it is kept, of which {@link AssetFacts} are made. Immutable.
 *
 * @param debt what is owed
 * @param activeAt when the customer was last active; {@code null} if never
 * @param lots those in which something remains or is held
 * @param holds those that have not ended
 * @param reserved what each of those took from lots, by its number, in order
 */
public record AccountState(
        long debt, @Nullable Instant activeAt, List<Lot> lots, List<Hold> holds, Map<Long, List<Movement>> reserved) {
    /** No account. */
    public static final AccountState NONE = new AccountState(0, null, List.of(), List.of(), Map.of());

    /** Copies the collections. */
    public AccountState {
        lots = List.copyOf(lots);
        holds = holds.stream().sorted(Comparator.comparingLong(Hold::no)).toList();
        reserved = Map.copyOf(reserved);
    }

    /** What remains in lots for a while, between the ends of two holds. */
    record Era(Instant from, @Nullable Instant until, List<Rest> rests) {}

    /**
     * What remains of a lot.
     *
     * @param amount above zero
     */
    record Rest(Lot lot, long amount) {}

    /** From the earliest instant on, without gaps. */
    List<Era> eras() {
        List<Instant> ends =
                holds.stream().map(Hold::expiresAt).distinct().sorted().toList();
        List<Era> eras = new ArrayList<>(ends.size() + 1);
        Instant from = Instant.EPOCH;
        for (Instant end : ends) {
            eras.add(new Era(from, end, rests(from)));
            from = end;
        }
        eras.add(new Era(from, null, rests(from)));
        return eras;
    }

    /** What holds free whose time is over pays the debt first, in their order, as {@link dev.retailcrm.assets.ledger.LedgerReads#balance} has it. */
    private List<Rest> rests(Instant at) {
        Map<Long, Long> freed = new HashMap<>();
        long owed = debt;
        for (Hold hold : holds) {
            if (!hold.expiresAt().isAfter(at)) {
                for (Movement part : reserved.getOrDefault(hold.no(), List.of())) {
                    long paid = Math.min(owed, part.heldDelta());
                    owed -= paid;
                    freed.merge(part.lotNo(), part.heldDelta() - paid, Long::sum);
                }
            }
        }
        return lots.stream()
                .map(lot -> new Rest(lot, lot.remaining() + freed.getOrDefault(lot.no(), 0L)))
                .filter(rest -> rest.amount() > 0)
                .toList();
    }
}
