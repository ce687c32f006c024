package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * True if the condition is not: also where a value is missing, which makes a comparison false. Immutable.
 *
 * @param condition what must not hold
 */
public record Not(Condition condition) implements Condition {
    /** Refuses a missing condition. */
    public Not {
        Check.present(condition, "condition");
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.not(this);
    }
}
