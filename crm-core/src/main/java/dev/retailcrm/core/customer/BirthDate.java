package dev.retailcrm.core.customer;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.Year;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A date of birth, of which many tell the day and keep the year. Personal data: {@link #toString()} shows none. Immutable.
 *
 * @param day month and day
 * @param year the year, from 1900; {@code null} if not known
 */
public record BirthDate(MonthDay day, @Nullable Integer year) {
    /** The first year anybody may be born in. */
    public static final int EARLIEST_YEAR = 1900;

    private static final MonthDay LEAP_DAY = MonthDay.of(2, 29);

    /** Refuses a year before {@value #EARLIEST_YEAR} or without that day with {@link CoreError#INVALID_VALUE}. */
    public BirthDate {
        Check.present(day, "day of birth");
        if (year != null) {
            Check.range(year, EARLIEST_YEAR, Year.MAX_VALUE, "year of birth");
            if (!day.isValidYear(year)) {
                throw CoreError.INVALID_VALUE.because("there was no such day in the year of birth");
            }
        }
    }

    /** A whole date, from 1900. */
    public static BirthDate of(LocalDate date) {
        return new BirthDate(MonthDay.from(Check.present(date, "date of birth")), date.getYear());
    }

    /** A day of which the year is not known. */
    public static BirthDate of(MonthDay day) {
        return new BirthDate(day, null);
    }

    /** The whole date; empty if the year is not known. */
    public Optional<LocalDate> date() {
        return year == null ? Optional.empty() : Optional.of(day.atYear(year));
    }

    /** Her birthday in a year. */
    public LocalDate birthdayIn(int calendarYear, LeapDay rule) {
        boolean moved = day.equals(LEAP_DAY) && !Year.isLeap(calendarYear);
        return moved && Check.present(rule, "rule for 29 February") == LeapDay.MARCH_1
                ? LocalDate.of(calendarYear, 3, 1)
                : day.atYear(calendarYear);
    }

    /** Whether it is her birthday. */
    public boolean isBirthday(LocalDate today, LeapDay rule) {
        return birthdayIn(today.getYear(), rule).equals(today);
    }

    /** Her next birthday, today included. */
    public LocalDate nextBirthday(LocalDate today, LeapDay rule) {
        LocalDate thisYear = birthdayIn(today.getYear(), rule);
        return thisYear.isBefore(today) ? birthdayIn(today.getYear() + 1, rule) : thisYear;
    }

    /** How many birthdays she has had since the day she was born; empty if the year is not known or lies ahead. */
    public OptionalInt ageOn(LocalDate today, LeapDay rule) {
        if (year == null || day.atYear(year).isAfter(today)) {
            return OptionalInt.empty();
        }
        int passed = birthdayIn(today.getYear(), rule).isAfter(today) ? 1 : 0;
        return OptionalInt.of(today.getYear() - year - passed);
    }

    @Override
    public String toString() {
        return year == null ? "BirthDate[day]" : "BirthDate[date]";
    }
}
