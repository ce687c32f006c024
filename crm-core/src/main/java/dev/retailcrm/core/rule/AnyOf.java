package dev.retailcrm.core.rule;

import java.util.List;

/**
 * True if one of the conditions is at least; false with none. Immutable.
 *
 * @param conditions in the order they are tried
 */
public record AnyOf(List<Condition> conditions) implements Condition {
    /** Copies the list. */
    public AnyOf {
        conditions = List.copyOf(conditions);
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.any(this);
    }
}
