package dev.retailcrm.assets.earn;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How much a customer was given so far. Immutable. */
final class CapUses {
    private final SortedMap<CapUse.Key, CapUse> uses = new TreeMap<>();

    CapUses(Collection<CapUse> known) {
        known.forEach(it -> uses.merge(
                it.key(),
                it,
                (one, other) -> new CapUse(
                        it.program(),
                        it.rule(),
                        it.period(),
                        one.points() + other.points(),
                        one.times() + other.times())));
    }

    /** The same and more. */
    CapUses and(Collection<CapUse> more) {
        List<CapUse> both = new ArrayList<>(uses.values());
        both.addAll(more);
        return new CapUses(both);
    }

    /** How many points a cap leaves over a period. */
    long room(EarnCap cap, String program, String rule, String period) {
        CapUse use = uses.get(new CapUse.Key(program, rule, period));
        if (use == null) {
            return cap.points();
        }
        return use.times() >= cap.times() ? 0 : Math.max(0, cap.points() - Math.max(0, use.points()));
    }

    /** Whether a rule gave anything on a day. */
    boolean counted(String program, String rule, LocalDate day) {
        CapUse use = uses.get(new CapUse.Key(program, rule, CapPeriod.DAY.of(day)));
        return use != null && use.times() > 0;
    }
}
