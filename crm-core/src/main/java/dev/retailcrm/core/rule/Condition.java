package dev.retailcrm.core.rule;

/**
 * Something that is true of a customer at an instant, or is not: a node of a {@link Rule}. Made by {@link Rules}, read by a
 * {@link ConditionVisitor}. Immutable.
 */
public sealed interface Condition
        permits AllOf,
                AnyOf,
                Not,
                FieldCondition,
                TagCondition,
                TagValueCondition,
                EventCondition,
                SequenceCondition,
                PeriodsCondition,
                SilenceCondition,
                AudienceCondition {
    /** Calls the visitor's method for this kind of condition. */
    <R> R accept(ConditionVisitor<R> visitor);
}
