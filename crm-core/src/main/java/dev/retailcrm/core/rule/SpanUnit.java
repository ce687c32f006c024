package dev.retailcrm.core.rule;

/**
 * Units of a span of time. Up to a week they are fixed lengths: a day is 24 hours, whatever clocks do. Months and years are those of the
 * calendar, by days of the tenant's zone. For dates without a time a day is a day of the calendar.
 */
public enum SpanUnit {
    /** A second. */
    SECOND(1_000),
    /** A minute. */
    MINUTE(60_000),
    /** An hour. */
    HOUR(3_600_000),
    /** A day, of 24 hours for instants. */
    DAY(86_400_000),
    /** Seven days. */
    WEEK(7 * 86_400_000L),
    /** A month of the calendar. */
    MONTH(0),
    /** A year of the calendar. */
    YEAR(0);

    private final long millis;

    SpanUnit(long millis) {
        this.millis = millis;
    }

    /** Its length; 0 if that varies. */
    long millis() {
        return millis;
    }

    /** Whether dates can be counted by it. */
    boolean isOfDays() {
        return millis == 0 || millis >= DAY.millis;
    }
}
