package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.core.kernel.Check;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Levels of a program of tiers whose customers have a benefit, as long as they are at one of them. Immutable.
 *
 * @param program the key of the program
 * @param levels the keys of 1 to {@value TierProgram#MAX_LEVELS} levels
 */
public record TierClaim(String program, SortedSet<String> levels) {
    /** Copies the set; refuses anything else. */
    public TierClaim {
        Check.code(program, TierProgram.MAX_KEY, "key of the program");
        Check.range(Check.present(levels, "levels").size(), 1, TierProgram.MAX_LEVELS, "number of levels");
        levels.forEach(it -> Check.code(it, TierLevel.MAX_KEY, "key of the level"));
        levels = Collections.unmodifiableSortedSet(new TreeSet<>(levels));
    }

    /** Whoever is at one of these levels. */
    public static TierClaim of(String program, Set<String> levels) {
        for (Object level : Check.present(levels, "levels")) {
            Check.present(level, "level");
        }
        return new TierClaim(program, new TreeSet<>(levels));
    }
}
