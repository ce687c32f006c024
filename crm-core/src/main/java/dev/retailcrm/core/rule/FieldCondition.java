package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * What a field of hers is. Immutable.
 *
 * @param field its name in the catalog, such as {@code profile.gender}
 * @param test what is asked of its value
 */
public record FieldCondition(String field, ValueTest test) implements Condition {
    /** Refuses missing parts. */
    public FieldCondition {
        Check.code(field, 60, "field");
        Check.present(test, "test");
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.field(this);
    }
}
