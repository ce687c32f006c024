package dev.retailcrm.assets.earn;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * When a rule counts, by the retailer's clocks. Immutable; start from {@link #always()} and add what narrows it: everything that is said must
 * hold.
 *
 * @param from the first day; {@code null} for any
 * @param through the last day; {@code null} for any
 * @param weekdays empty for any
 * @param dates single days, at most {@value #MAX_DATES}; empty for any
 * @param memberDays days of the month, 1 to 31, such as the 8th, 18th and 28th; a day that a month lacks does not come. Empty for any
 * @param opens the first time of the day, in whole minutes; {@code null} for any
 * @param closes the first time of the day at which it does not count any more; before {@code opens} for a night, which belongs to the day on
 *     which it began. {@code null} for any
 */
public record EarnTime(
        @Nullable LocalDate from,
        @Nullable LocalDate through,
        SortedSet<DayOfWeek> weekdays,
        SortedSet<LocalDate> dates,
        SortedSet<Integer> memberDays,
        @Nullable LocalTime opens,
        @Nullable LocalTime closes) {
    /** The most single days. */
    public static final int MAX_DATES = 400;

    private static final EarnTime ALWAYS = new EarnTime(
            null,
            null,
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            Collections.emptySortedSet(),
            null,
            null);

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public EarnTime {
        weekdays = copy(weekdays, 7, "weekdays");
        dates = copy(dates, MAX_DATES, "dates");
        memberDays = copy(memberDays, 31, "member days");
        memberDays.forEach(day -> Check.range(day, 1, 31, "member day"));
        dates.forEach(EarnTime::requireDay);
        requireDay(from);
        requireDay(through);
        if (from != null && through != null && through.isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("the last day must not be before the first");
        }
        if ((opens == null) != (closes == null) || (opens != null && opens.equals(closes))) {
            throw CoreError.INVALID_VALUE.because("hours have a start and another end, or neither");
        }
        opens = opens == null ? null : opens.truncatedTo(ChronoUnit.MINUTES);
        closes = closes == null ? null : closes.truncatedTo(ChronoUnit.MINUTES);
    }

    private static void requireDay(@Nullable LocalDate day) {
        if (day != null) {
            Check.range(day.getYear(), 1970, 9998, "year");
        }
    }

    private static <T extends Comparable<? super T>> SortedSet<T> copy(Collection<T> given, int most, String name) {
        SortedSet<T> sorted = new TreeSet<>();
        for (T one : Check.present(given, name)) {
            sorted.add(Check.present(one, name));
        }
        Check.range(sorted.size(), 0, most, "number of " + name);
        return Collections.unmodifiableSortedSet(sorted);
    }

    /** At any time. */
    public static EarnTime always() {
        return ALWAYS;
    }

    /** The same from a day on. */
    public EarnTime from(LocalDate day) {
        return new EarnTime(Check.present(day, "day"), through, weekdays, dates, memberDays, opens, closes);
    }

    /** The same through a day. */
    public EarnTime through(LocalDate day) {
        return new EarnTime(from, Check.present(day, "day"), weekdays, dates, memberDays, opens, closes);
    }

    /** The same on these weekdays. */
    public EarnTime on(Collection<DayOfWeek> days) {
        return new EarnTime(from, through, copy(days, 7, "weekdays"), dates, memberDays, opens, closes);
    }

    /** The same on these days. */
    public EarnTime onDates(Collection<LocalDate> days) {
        return new EarnTime(from, through, weekdays, copy(days, MAX_DATES, "dates"), memberDays, opens, closes);
    }

    /** The same on these days of the month. */
    public EarnTime onMemberDays(Collection<Integer> days) {
        return new EarnTime(from, through, weekdays, dates, copy(days, 31, "member days"), opens, closes);
    }

    /** The same between these times of the day. */
    public EarnTime between(LocalTime start, LocalTime end) {
        return new EarnTime(
                from, through, weekdays, dates, memberDays, Check.present(start, "start"), Check.present(end, "end"));
    }

    /** Whether it is then. */
    public boolean covers(Instant at, ZoneId zone) {
        var local = at.atZone(zone).toLocalDateTime();
        LocalTime time = local.toLocalTime();
        LocalDate day = local.toLocalDate();
        if (opens != null && closes != null) {
            boolean night = closes.isBefore(opens);
            boolean early = time.isBefore(closes);
            boolean late = !time.isBefore(opens);
            if (night ? !early && !late : !early || !late) {
                return false;
            }
            day = night && early ? day.minusDays(1) : day;
        }
        return (from == null || !day.isBefore(from))
                && (through == null || !day.isAfter(through))
                && (weekdays.isEmpty() || weekdays.contains(day.getDayOfWeek()))
                && (dates.isEmpty() || dates.contains(day))
                && (memberDays.isEmpty() || memberDays.contains(day.getDayOfMonth()));
    }
}
