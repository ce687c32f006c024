package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * Events in many of the last periods: at least once a day on three of the last seven days. Immutable.
 *
 * @param events which events
 * @param perPeriod how many a period must have, from 1, so that it counts
 * @param unit what the periods are
 * @param last how many periods are looked at, the current one the last; 1 to {@value #MAX_PERIODS}
 * @param atLeast in how many of them, 1 to {@code last}
 */
public record PeriodsCondition(Events events, long perPeriod, CalendarUnit unit, int last, int atLeast)
        implements Condition {
    /** The most periods. */
    public static final int MAX_PERIODS = 100;

    /** Refuses numbers out of range with {@link dev.retailcrm.core.kernel.CoreError#INVALID_VALUE}. */
    public PeriodsCondition {
        Check.present(events, "events");
        Check.positive(perPeriod, "events a period");
        Check.present(unit, "unit");
        Check.range(last, 1, MAX_PERIODS, "number of periods");
        Check.range(atLeast, 1, last, "periods with events");
    }

    @Override
    public <R> R accept(ConditionVisitor<R> visitor) {
        return visitor.periods(this);
    }
}
