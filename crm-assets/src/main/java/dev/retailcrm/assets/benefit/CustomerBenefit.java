package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Check;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A benefit that a customer has, why she has it, and whether she can use it. Immutable.
 *
 * @param sources why she has it, one at least
 * @param blocks what keeps her from using it; nothing if she can
 * @param left how often she can use it in this period; {@code null} for any number
 * @param period in which uses count together; {@code null} if they are not limited, or she is in no such period
 */
public record CustomerBenefit(
        Benefit benefit,
        List<BenefitSource> sources,
        SortedSet<BenefitBlock> blocks,
        @Nullable Long left,
        UsePeriod.@Nullable Span period) {
    /** Copies list and set. */
    public CustomerBenefit {
        Check.present(benefit, "benefit");
        sources = List.copyOf(sources);
        blocks = Collections.unmodifiableSortedSet(new TreeSet<>(Set.copyOf(blocks)));
    }

    /** How often she can use it now; {@link Long#MAX_VALUE} for any number. */
    public long available() {
        if (!isUsable()) {
            return 0;
        }
        return left == null ? Long.MAX_VALUE : left;
    }

    /** Whether she can use it. */
    public boolean isUsable() {
        return blocks.isEmpty();
    }
}
