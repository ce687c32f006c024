package dev.retailcrm.core.rule;

import java.util.List;

/**
 * True if all conditions are; so with none. Immutable.
 *
 * @param conditions in the order they are tried
 */
public record AllOf(List<Condition> conditions) implements Condition {
    /** Copies the list. */
    public AllOf {
        conditions = List.copyOf(conditions);
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.all(this);
    }
}
