package dev.retailcrm.tck;

import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a customer earned, by number, and what she used of caps, by whose use it was. Immutable. */
record EarnRows(SortedMap<Long, Earned> earned, SortedMap<CustomerId, Map<CapUse.Key, CapUse>> uses) {
    static final EarnRows NONE = new EarnRows(new TreeMap<>(), new TreeMap<>());

    EarnRows {
        earned = Collections.unmodifiableSortedMap(new TreeMap<>(earned));
        uses = Collections.unmodifiableSortedMap(new TreeMap<>(uses));
    }

    EarnRows and(Earned one) {
        SortedMap<Long, Earned> all = new TreeMap<>(earned);
        all.put(one.no(), one);
        return new EarnRows(all, uses);
    }

    /** With more uses of her own. */
    EarnRows and(CustomerId own, List<CapUse> more) {
        if (more.isEmpty()) {
            return this;
        }
        Map<CapUse.Key, CapUse> mine = new TreeMap<>(uses.getOrDefault(own, Map.of()));
        more.forEach(it -> mine.merge(
                it.key(),
                it,
                (one, other) -> new CapUse(
                        it.program(),
                        it.rule(),
                        it.period(),
                        one.points() + other.points(),
                        one.times() + other.times())));
        return of(own, mine);
    }

    /** With these uses of somebody and no others of hers. */
    EarnRows of(CustomerId whose, Map<CapUse.Key, CapUse> those) {
        SortedMap<CustomerId, Map<CapUse.Key, CapUse>> all = new TreeMap<>(uses);
        all.put(whose, Collections.unmodifiableMap(new TreeMap<>(those)));
        all.values().removeIf(Map::isEmpty);
        return new EarnRows(earned, all);
    }

    /** Without the first rows of what she earned, and then of what she used. */
    EarnRows without(int limit) {
        int left = limit;
        SortedMap<Long, Earned> kept = new TreeMap<>();
        for (Map.Entry<Long, Earned> one : earned.entrySet()) {
            if (left > 0) {
                left--;
            } else {
                kept.put(one.getKey(), one.getValue());
            }
        }
        EarnRows rest = new EarnRows(kept, uses);
        for (Map.Entry<CustomerId, Map<CapUse.Key, CapUse>> hers : uses.entrySet()) {
            List<CapUse> all = new ArrayList<>(new TreeMap<>(hers.getValue()).values());
            int gone = Math.min(left, all.size());
            left -= gone;
            Map<CapUse.Key, CapUse> some = new TreeMap<>();
            all.subList(gone, all.size()).forEach(it -> some.put(it.key(), it));
            rest = rest.of(hers.getKey(), some);
        }
        return rest;
    }

    int size() {
        return earned.size() + uses.values().stream().mapToInt(Map::size).sum();
    }
}
