package dev.retailcrm.assets.earn;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rule gave, and why. Immutable.
 *
 * @param rule its key
 * @param points zero or more
 * @param cap the period of the cap that bound; {@code null} if none did
 * @param lines what of it is for which line, by number; empty for events. Their sum is the points
 */
public record RuleEarning(
        String rule,
        EarnVerdict verdict,
        long points,
        @Nullable CapPeriod cap,
        SortedMap<Integer, Long> lines) {
    /** Copies the map. */
    public RuleEarning {
        lines = Collections.unmodifiableSortedMap(new TreeMap<>(lines));
    }

    static RuleEarning none(String rule, EarnVerdict verdict) {
        return new RuleEarning(rule, verdict, 0, null, new TreeMap<>(Map.of()));
    }
}
