package dev.retailcrm.core.rule;

/** Periods of the tenant's calendar. */
public enum CalendarUnit {
    /** From midnight to midnight. */
    DAY,
    /** Seven days from the tenant's first day of the week. */
    WEEK,
    /** A month. */
    MONTH,
    /** Three months, from January, April, July or October. */
    QUARTER,
    /** A year. */
    YEAR
}
