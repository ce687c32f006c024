package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * What the value of a tag of hers is; false if she does not have it. Immutable.
 *
 * @param tag its key
 * @param test what is asked of its value
 */
public record TagValueCondition(String tag, ValueTest test) implements Condition {
    /** Refuses missing parts. */
    public TagValueCondition {
        Check.code(tag, 60, "tag");
        Check.present(test, "test");
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.tagValue(this);
    }
}
