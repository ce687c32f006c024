package dev.retailcrm.assets.earn;

import dev.retailcrm.core.rule.Rule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who earns and when, as far as rules ask. Immutable.
 *
 * @param holding the audience rules that hold for the customer
 * @param levels the keys of the levels she has, by the programs of tiers that were asked
 */
record EarnSituation(Instant at, ZoneId zone, Set<Rule> holding, Map<String, String> levels, CapUses uses) {
    LocalDate day() {
        return at.atZone(zone).toLocalDate();
    }

    /** Whether a rule counts at all, or why not. */
    EarnVerdict verdict(EarnScope scope, @Nullable String store, @Nullable String channel) {
        if (!scope.isAt(store, channel)) {
            return EarnVerdict.ELSEWHERE;
        }
        if (!scope.time().covers(at, zone)) {
            return EarnVerdict.NOT_NOW;
        }
        EarnScope.Tier tier = scope.tier();
        boolean hers = (scope.audience() == null || holding.contains(scope.audience()))
                && (tier == null || tier.levels().contains(levels.getOrDefault(tier.program(), "")));
        return hers ? EarnVerdict.EARNED : EarnVerdict.NOT_HERS;
    }
}
