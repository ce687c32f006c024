package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import org.jspecify.annotations.Nullable;

/**
 * What her events come to, up to now: {@code did("purchase").where("category").is("baby").atLeast(2).inLast(days(30))}. Events that lie
 * ahead do not count yet. Immutable.
 *
 * @param events which of them
 * @param aggregate what is made of them
 * @param property of which property; {@code null} unless the aggregate is {@linkplain Aggregate#isOfProperty() of one}
 * @param test what is asked of that: of {@link Aggregate#FIRST_EVER} whether it lies within the window, so {@code null}
 * @param window when they occurred; {@code null} for any time
 */
public record EventCondition(
        Events events,
        Aggregate aggregate,
        @Nullable String property,
        @Nullable ValueTest test,
        @Nullable Window window)
        implements Condition {
    /** Refuses parts that do not belong together with {@link dev.retailcrm.core.kernel.CoreError#INVALID_RULE}. */
    public EventCondition {
        Check.present(events, "events");
        Check.present(aggregate, "aggregate");
        if (aggregate.isOfProperty() != (property != null)) {
            throw RuleProblem.of(aggregate + (aggregate.isOfProperty() ? " is of a property" : " is of no property"));
        }
        boolean ever = aggregate == Aggregate.FIRST_EVER;
        if (ever == (test != null) || (ever && window == null)) {
            throw RuleProblem.of(ever ? "FIRST_EVER has a window and no test" : "a test is missing");
        }
    }

    /** Those of which this property passes a test too. */
    public ValueClause<EventCondition> where(String name) {
        return ValueClause.of(it -> new EventCondition(events.and(name, it), aggregate, property, test, window));
    }

    /** So many at least. */
    public EventCondition atLeast(long count) {
        return counted(Comparison.GE, count);
    }

    /** So many at most; none is so many, too. */
    public EventCondition atMost(long count) {
        return counted(Comparison.LE, count);
    }

    /** Exactly so many. */
    public EventCondition times(long count) {
        return counted(Comparison.EQ, count);
    }

    /** Fewer than so many. */
    public EventCondition fewerThan(long count) {
        return counted(Comparison.LT, count);
    }

    private EventCondition counted(Comparison comparison, long count) {
        return new EventCondition(
                events,
                aggregate == Aggregate.DISTINCT ? Aggregate.DISTINCT : Aggregate.COUNT,
                aggregate == Aggregate.DISTINCT ? property : null,
                new ValueTest.Compare(comparison, FieldValue.number(count)),
                window);
    }

    /** How many values of a property they have; {@link #atLeast} and its like say how many. One at least, unless said. */
    public EventCondition distinct(String name) {
        return new EventCondition(
                events, Aggregate.DISTINCT, name, new ValueTest.Compare(Comparison.GE, FieldValue.number(1)), window);
    }

    /** The sum of a property. */
    public ValueClause<EventCondition> sum(String name) {
        return of(Aggregate.SUM, name);
    }

    /** The mean of a property. */
    public ValueClause<EventCondition> average(String name) {
        return of(Aggregate.AVG, name);
    }

    /** The least value of a property. */
    public ValueClause<EventCondition> least(String name) {
        return of(Aggregate.MIN, name);
    }

    /** The greatest value of a property. */
    public ValueClause<EventCondition> greatest(String name) {
        return of(Aggregate.MAX, name);
    }

    /** The value of a property at the earliest of them. */
    public ValueClause<EventCondition> first(String name) {
        return of(Aggregate.FIRST, name);
    }

    /** The value of a property at the latest of them. */
    public ValueClause<EventCondition> last(String name) {
        return of(Aggregate.LAST, name);
    }

    private ValueClause<EventCondition> of(Aggregate made, String name) {
        return ValueClause.of(it -> new EventCondition(events, made, name, it, window));
    }

    /** Within the last span of time. */
    public EventCondition inLast(Span span) {
        return within(new Window.Last(span));
    }

    /** Within a window. */
    public EventCondition within(Window when) {
        return new EventCondition(events, aggregate, property, test, when);
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.event(this);
    }
}
