package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/**
 * The calendar a rule is read by. Immutable.
 *
 * @param zone the tenant's
 * @param firstDayOfWeek with which a week starts
 */
public record RuleTime(ZoneId zone, DayOfWeek firstDayOfWeek) {
    /** Refuses missing parts. */
    public RuleTime {
        Check.present(zone, "zone");
        Check.present(firstDayOfWeek, "first day of the week");
    }

    /** Weeks from Monday, as in ISO 8601. */
    public static RuleTime in(ZoneId zone) {
        return new RuleTime(zone, DayOfWeek.MONDAY);
    }

    /** The day on which an instant is, counted from 1970. */
    long dayOf(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toEpochDay();
    }

    /** When a day starts. */
    long startOf(long day) {
        return LocalDate.ofEpochDay(day).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** The first day of the period that is so many after the one of a day. */
    long period(CalendarUnit unit, long day, int shift) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (unit) {
            case DAY -> day + shift;
            case WEEK ->
                date.with(TemporalAdjusters.previousOrSame(firstDayOfWeek)).toEpochDay() + 7L * shift;
            case MONTH -> date.withDayOfMonth(1).plusMonths(shift).toEpochDay();
            case QUARTER ->
                date.withDayOfMonth(1)
                        .minusMonths((date.getMonthValue() - 1) % 3)
                        .plusMonths(3L * shift)
                        .toEpochDay();
            case YEAR -> date.withDayOfYear(1).plusYears(shift).toEpochDay();
        };
    }
}
