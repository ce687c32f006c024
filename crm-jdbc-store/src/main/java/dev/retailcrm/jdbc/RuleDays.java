package dev.retailcrm.jdbc;

import static org.jooq.impl.DSL.case_;
import static org.jooq.impl.DSL.extract;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.floor;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.localDateAdd;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.or;
import static org.jooq.impl.DSL.when;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongUnaryOperator;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.DatePart;
import org.jooq.Field;

/**
 * A date in a row: its place on a line on which later dates have greater numbers, and its parts. Immutable.
 *
 * @param place the number on the line
 * @param scale the number of a day that is counted from 1970
 * @param year its year
 * @param monthDay a hundred times its month, and its day
 * @param weekday 0 for Monday, 6 for Sunday
 */
record RuleDays(
        Field<Long> place,
        LongUnaryOperator scale,
        Field<Integer> year,
        Field<Integer> monthDay,
        Field<? extends Number> weekday) {
    private static final LocalDate EPOCH = LocalDate.EPOCH;
    private static final long FIRST = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST = LocalDate.of(9999, 12, 31).toEpochDay();
    private static final long WEEKS = 7 * 200_000L;
    private static final int LEAP_DAY = 229;

    /** A date that is kept as the number of days since 1970. */
    static RuleDays counted(Field<Long> days) {
        Field<LocalDate> date = localDateAdd(inline(EPOCH), days.cast(Integer.class), DatePart.DAY);
        return new RuleDays(
                days,
                day -> day,
                extract(date, DatePart.YEAR),
                extract(date, DatePart.MONTH).times(100).plus(extract(date, DatePart.DAY)),
                days.plus(inline(WEEKS + 3)).mod(inline(7L)));
    }

    /** A date that is kept in three columns. */
    static RuleDays parts(Field<Integer> year, Field<Integer> month, Field<Integer> day) {
        Field<Integer> monthDay = month.times(inline(100)).plus(day);
        Field<Long> place = year.times(inline(10_000)).plus(monthDay).cast(Long.class);
        return new RuleDays(place, RuleDays::digits, year, monthDay, weekday(year, month, day));
    }

    /** A day of no year. */
    static RuleDays yearless(Field<Integer> month, Field<Integer> day) {
        Field<Integer> monthDay = month.times(inline(100)).plus(day);
        return new RuleDays(monthDay.cast(Long.class), RuleDays::digits, inline(4), monthDay, inline(0));
    }

    private static long digits(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return 10_000L * date.getYear() + monthDay(day);
    }

    private static int monthDay(long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return 100 * date.getMonthValue() + date.getDayOfMonth();
    }

    /** Sakamoto's rule (1992), counted from Monday. */
    private static Field<? extends Number> weekday(Field<Integer> year, Field<Integer> month, Field<Integer> day) {
        Field<Integer> counted = year.minus(when(month.lt(3), inline(1)).otherwise(inline(0)));
        List<Integer> shifts = List.of(0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4);
        var shift = case_(month).when(inline(1), inline(shifts.get(0)));
        for (int i = 2; i <= shifts.size(); i++) {
            shift = shift.when(inline(i), inline(shifts.get(i - 1)));
        }
        return counted.plus(whole(counted, 4))
                .minus(whole(counted, 100))
                .plus(whole(counted, 400))
                .plus(shift)
                .plus(day)
                .plus(inline(6))
                .mod(inline(7));
    }

    private static Field<Integer> whole(Field<Integer> number, int divisor) {
        return floor(number.div(inline(divisor))).cast(Integer.class);
    }

    Condition within(long from, long to) {
        if (from >= to || from > LAST || to <= FIRST) {
            return falseCondition();
        }
        Condition after = from <= FIRST ? noCondition() : place.ge(scale.applyAsLong(from));
        Condition within = to > LAST ? after : after.and(place.lt(scale.applyAsLong(to)));
        return place.isNotNull().and(within);
    }

    Condition on(Set<DayOfWeek> days) {
        return weekday.coerce(Integer.class)
                .in(days.stream().map(day -> inline(day.getValue() - 1)).toList());
    }

    /**
     * An anniversary in the first year, the last, or the last of the whole years between: whoever has one in another of those has one in
     * that, too.
     */
    Condition anniversary(long from, long to) {
        long first = Math.max(from, FIRST);
        long last = Math.min(to - 1, LAST);
        if (first > last) {
            return falseCondition();
        }
        int firstYear = LocalDate.ofEpochDay(first).getYear();
        int lastYear = LocalDate.ofEpochDay(last).getYear();
        List<Condition> years = new ArrayList<>();
        for (int asked : IntStream.of(firstYear, Math.max(firstYear, lastYear - 1), lastYear)
                .distinct()
                .toArray()) {
            long start = Math.max(first, LocalDate.ofYearDay(asked, 1).toEpochDay());
            long end = Math.min(last, LocalDate.of(asked, 12, 31).toEpochDay());
            int lastDay = monthDay(end);
            boolean early = lastDay == LEAP_DAY - 1 && !Year.isLeap(asked);
            years.add(year.lt(asked).and(monthDay.between(monthDay(start), early ? LEAP_DAY : lastDay)));
        }
        return or(years);
    }
}
