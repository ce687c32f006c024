package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which of some tags she has. Immutable.
 *
 * @param quantifier how many of them; {@code null} if they are counted
 * @param tags their keys, sorted
 * @param count what their number must be, a {@link ValueTest.Compare} or {@link ValueTest.Between} of whole numbers; {@code null} unless they
 *     are counted
 */
public record TagCondition(
        @Nullable Quantifier quantifier,
        Set<String> tags,
        @Nullable ValueTest count) implements Condition {
    /** Sorts the tags; refuses anything else with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public TagCondition {
        tags = ImmutableSortedSet.copyOf(tags);
        tags.forEach(tag -> Check.code(tag, 60, "tag"));
        if ((quantifier == null) == (count == null)) {
            throw RuleProblem.of("tags are either quantified or counted");
        }
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.tags(this);
    }
}
