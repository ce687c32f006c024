package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import java.time.LocalDate;

/**
 * Whether an anniversary of a date lies within bounds of days. Immutable.
 *
 * @param bounds of days
 */
record AnniversaryTester(Bounds bounds) implements ValueTester {
    private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    @Override
    public boolean test(FieldValue value, Now now) {
        LocalDate date = value.asDate();
        int year = first(date, now.value(bounds.from()));
        return bounds.contains(in(date, year), now) || bounds.contains(in(date, year + 1), now);
    }

    /** The first that goes out and the first that comes in are among four: that of each bound's year and the one after. */
    @Override
    public long next(FieldValue value, Now now) {
        LocalDate date = value.asDate();
        int out = first(date, now.value(bounds.from()));
        int in = first(date, now.value(bounds.to()));
        return Math.min(
                Math.min(bounds.next(in(date, out), now), bounds.next(in(date, out + 1), now)),
                Math.min(bounds.next(in(date, in), now), bounds.next(in(date, in + 1), now)));
    }

    /** The year of a day, and not before the year after the date's. */
    private static int first(LocalDate date, long day) {
        long asked = Math.max(FIRST_DAY, Math.min(day, LAST_DAY));
        return Math.max(date.getYear() + 1, LocalDate.ofEpochDay(asked).getYear());
    }

    private static long in(LocalDate date, int year) {
        return date.withYear(year).toEpochDay();
    }
}
