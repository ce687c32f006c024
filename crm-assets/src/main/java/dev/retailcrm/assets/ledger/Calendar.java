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
    LocalDate plus(LocalDate day, int n) {
        return day.plus(period.multipliedBy(n));
    }

    /** The last day of the unit that contains the day. */
    LocalDate lastDay(LocalDate day) {
        int months = (int) period.toTotalMonths();
        if (months == 0) {
            return day;
        }
        int first = (day.getMonthValue() - 1) / months * months + 1;
        return LocalDate.of(day.getYear(), Month.of(first), 1)
                .plusMonths(months)
                .minusDays(1);
    }
}
