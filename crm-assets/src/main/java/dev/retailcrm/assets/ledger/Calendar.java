package dev.retailcrm.assets.ledger;

import java.time.LocalDate;
import java.time.Month;
import java.time.Period;

/** A unit of the calendar in which expiry is counted. */
public enum Calendar {
    /** A day. */
    DAY(Period.ofDays(1)),
    /** A month. */
    MONTH(Period.ofMonths(1)),
    /** Three months from January, April, July or October. */
    QUARTER(Period.ofMonths(3)),
    /** Six months from January or July. */
    HALF_YEAR(Period.ofMonths(6)),
    /** A year. */
    YEAR(Period.ofYears(1));

    private final Period period;

    Calendar(Period period) {
        this.period = period;
    }

    /** The day that is n units later; a day the month does not have becomes its last. */
    public LocalDate plus(LocalDate day, int n) {
        return day.plus(period.multipliedBy(n));
    }

    /** The first day of the unit that contains the day. */
    public LocalDate firstDay(LocalDate day) {
        int months = (int) period.toTotalMonths();
        return months == 0
                ? day
                : LocalDate.of(day.getYear(), Month.of((day.getMonthValue() - 1) / months * months + 1), 1);
    }

    /** The last day of the unit that contains the day. */
    LocalDate lastDay(LocalDate day) {
        return plus(firstDay(day), 1).minusDays(1);
    }
}
