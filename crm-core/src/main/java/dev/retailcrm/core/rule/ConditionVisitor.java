package dev.retailcrm.core.rule;

/**
 * A method for each kind of condition.
 *
 * @param <R> what they answer
 */
public interface ConditionVisitor<R> {
    /** All conditions hold. */
    R all(AllOf condition);

    /** One condition holds at least. */
    R any(AnyOf condition);

    /** A condition does not hold. */
    R not(Not condition);

    /** What a field is. */
    R field(FieldCondition condition);

    /** Which tags she has. */
    R tags(TagCondition condition);

    /** What the value of a tag is. */
    R tagValue(TagValueCondition condition);

    /** What her events of a type come to. */
    R event(EventCondition condition);

    /** One event after another. */
    R sequence(SequenceCondition condition);

    /** Events in many of the last periods. */
    R periods(PeriodsCondition condition);

    /** Events, and then none. */
    R silence(SilenceCondition condition);

    /** Which audiences she is in. */
    R audience(AudienceCondition condition);
}
