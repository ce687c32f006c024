package dev.retailcrm.core.rule;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import java.util.Set;

/**
 * Which of some audiences she is in. Immutable.
 *
 * @param quantifier how many of them
 * @param audiences their keys, sorted
 */
public record AudienceCondition(Quantifier quantifier, Set<String> audiences) implements Condition {
    /** Sorts the keys; refuses anything else with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public AudienceCondition {
        Check.present(quantifier, "quantifier");
        audiences = ImmutableSortedSet.copyOf(audiences);
        audiences.forEach(audience -> Check.code(audience, 60, "audience"));
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.audience(this);
    }
}
