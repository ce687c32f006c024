package dev.retailcrm.assets.ledger;

import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.core.kernel.CrmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chooses the lots that an amount is taken from. Stateless. */
final class Taking {
    private static final int PAGE = 32;

    /** How much of which lot. */
    record Pick(Lot lot, long amount) {}

    private final LedgerStore store;
    private final List<Lot> first;

    Taking(LedgerStore store) {
        this(store, List.of());
    }

    /**
     * The same with what was read before.
     *
     * @param first the lots an account spends first; empty if they were not read
     */
    Taking(LedgerStore store, List<Lot> first) {
        this.store = store;
        this.first = first.stream().sorted(Draft.SOONEST_FIRST).toList();
    }

    /** Refuses what is not available, saying how much is. */
    static void require(Draft draft, long amount) {
        long available = draft.available();
        if (amount > available) {
            throw insufficient(amount, available);
        }
    }

    static CrmException insufficient(long amount, long available) {
        return AssetError.INSUFFICIENT_VALUE.with(
                Map.of("requested", amount, "available", available, "missing", amount - available),
                "%d requested, %d available, %d missing",
                amount,
                available,
                amount - available);
    }

    /** The lots an available amount comes from, in spend order. */
    List<Pick> pick(Draft draft, long amount) {
        require(draft, amount);
        if (draft.terms.order() == SpendOrder.SOONEST_EXPIRY) {
            load(draft, amount);
            return first(draft.spendable(), amount);
        }
        loadAll(draft);
        List<Lot> principal = part(draft, Part.PRINCIPAL);
        List<Lot> bonus = part(draft, Part.BONUS);
        long principalSum = sum(principal);
        long fromPrincipal = switch (draft.terms.order()) {
            case PRINCIPAL_FIRST -> Math.min(amount, principalSum);
            case BONUS_FIRST -> Math.max(0, amount - sum(bonus));
            default -> Lot.shareDown(principalSum, amount, principalSum + sum(bonus));
        };
        List<Pick> picks = new ArrayList<>();
        boolean bonusFirst = draft.terms.order() == SpendOrder.BONUS_FIRST;
        picks.addAll(bonusFirst ? first(bonus, amount - fromPrincipal) : first(principal, fromPrincipal));
        picks.addAll(bonusFirst ? first(principal, fromPrincipal) : first(bonus, amount - fromPrincipal));
        return picks;
    }

    /** Loads lots in spend order until they cover the amount. */
    private void load(Draft draft, long amount) {
        long missing = amount;
        Lot last = null;
        List<Lot> known = first;
        while (!draft.isComplete() && missing > 0) {
            List<Lot> page = known.isEmpty() ? store.spendable(draft.before.id(), draft.at, last, PAGE) : known;
            known = List.of();
            draft.know(page);
            missing -= sum(page);
            last = lastOf(page);
            if (last == null) {
                break;
            }
        }
    }

    void loadAll(Draft draft) {
        if (!draft.isComplete()) {
            draft.know(store.openLots(draft.before.id()));
        }
    }

    static List<Lot> part(Draft draft, Part part) {
        return draft.spendable().stream().filter(lot -> lot.part() == part).toList();
    }

    static long sum(List<Lot> lots) {
        return lots.stream().mapToLong(Lot::remaining).sum();
    }

    /** The amount from these lots in order, or all of them if they hold less. */
    static List<Pick> first(List<Lot> lots, long amount) {
        List<Pick> picks = new ArrayList<>();
        long left = amount;
        for (Lot lot : lots) {
            long taken = Math.min(left, lot.remaining());
            if (taken > 0) {
                picks.add(new Pick(lot, taken));
                left -= taken;
            }
        }
        return picks;
    }

    static long total(List<Pick> picks) {
        return picks.stream().mapToLong(Pick::amount).sum();
    }

    private static @Nullable Lot lastOf(List<Lot> page) {
        return page.isEmpty() ? null : page.get(page.size() - 1);
    }
}
