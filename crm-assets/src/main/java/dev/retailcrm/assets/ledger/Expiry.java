package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.Instants;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * When a lot expires, counted from the instant it was earned. An end is exclusive: the first instant the lot is no longer usable.
 * Immutable. Worked examples, all in the retailer's zone:
 *
 * <ul>
 *   <li>{@code after(1, MONTH)}: earned 25 January, usable through 25 February; earned 31 January, through 28 (29) February
 *   <li>{@code after(0, MONTH)}: usable through the same day
 *   <li>{@code after(1, YEAR).toEndOf(YEAR)}: earned any day of 2026, usable through 31 December 2027
 *   <li>{@code days(90)}: usable for 90 days to the hour and minute it was earned at
 * </ul>
 */
public final class Expiry {
    private static final Expiry NEVER = new Expiry(Form.NEVER, 0, Calendar.DAY, Calendar.DAY, null, null);

    private enum Form {
        NEVER,
        DAYS,
        CALENDAR,
        FIXED,
        INSTANT,
        SLIDING
    }

    private final Form form;
    private final int count;
    private final Calendar unit;
    private final Calendar end;
    private final @Nullable LocalDate lastDay;
    private final @Nullable Instant instant;

    private Expiry(
            Form form, int count, Calendar unit, Calendar end, @Nullable LocalDate lastDay, @Nullable Instant instant) {
        this.form = form;
        this.count = count;
        this.unit = unit;
        this.end = end;
        this.lastDay = lastDay;
        this.instant = instant;
    }

    /** Never. */
    public static Expiry never() {
        return NEVER;
    }

    /**
     * This many days after earning, at the same local time.
     *
     * @param days 1 to 36,600
     */
    public static Expiry days(int days) {
        return new Expiry(Form.DAYS, Check.range(days, 1, 36_600, "days"), Calendar.DAY, Calendar.DAY, null, null);
    }

    /**
     * Through the end of the day that is n units after the day of earning.
     *
     * @param n 0 to 1,200 units, and at most 36,600 days
     */
    public static Expiry after(int n, Calendar unit) {
        Check.present(unit, "unit");
        int most = unit == Calendar.DAY ? 36_600 : 1200;
        return new Expiry(Form.CALENDAR, Check.range(n, 0, most, "periods"), unit, Calendar.DAY, null, null);
    }

    /** Through the given day, whenever it was earned. Earned after that day, it is expired from the start. */
    public static Expiry through(LocalDate lastDay) {
        Check.present(lastDay, "last day");
        Check.range(lastDay.getYear(), 1970, 9998, "year of the last day");
        return new Expiry(Form.FIXED, 0, Calendar.DAY, Calendar.DAY, lastDay, null);
    }

    /** Until the given instant, exclusive and cut to milliseconds, whenever it was earned. */
    public static Expiry until(Instant end) {
        Check.present(end, "end");
        if (end.isBefore(Instant.EPOCH) || end.isAfter(Instants.LAST)) {
            throw AssetError.INVALID_TERM.because("an end must lie in 1970 to 9999");
        }
        return new Expiry(Form.INSTANT, 0, Calendar.DAY, Calendar.DAY, null, end.truncatedTo(ChronoUnit.MILLIS));
    }

    /**
     * This many days of 24 hours after the customer last earned, topped up, held or spent on the account: every activity renews it.
     *
     * @param days 1 to 36,600
     */
    public static Expiry sliding(int days) {
        return new Expiry(Form.SLIDING, Check.range(days, 1, 36_600, "days"), Calendar.DAY, Calendar.DAY, null, null);
    }

    /** The same, but through the end of the unit that contains the last day. Only after {@link #after(int, Calendar)}. */
    public Expiry toEndOf(Calendar wider) {
        Check.present(wider, "unit");
        if (form != Form.CALENDAR) {
            throw AssetError.INVALID_TERM.because("toEndOf follows after(n, unit) only");
        }
        return new Expiry(form, count, unit, wider, null, null);
    }

    /** The first instant at which a lot earned then is no longer usable; {@code null} if it never expires. */
    public @Nullable Instant endFor(Instant earnedAt, ZoneId zone) {
        return switch (form) {
            case NEVER -> null;
            case DAYS -> earnedAt.atZone(zone).plusDays(count).toInstant();
            case SLIDING -> earnedAt.plus(Duration.ofDays(count));
            case CALENDAR ->
                dayAfter(end.lastDay(unit.plus(earnedAt.atZone(zone).toLocalDate(), count)), zone);
            case FIXED -> dayAfter(Check.present(lastDay, "last day"), zone);
            case INSTANT -> instant;
        };
    }

    /** The days by which activity renews it; 0 if it does not slide. */
    public int slideDays() {
        return form == Form.SLIDING ? count : 0;
    }

    private static Instant dayAfter(LocalDate day, ZoneId zone) {
        Instant end = day.plusDays(1).atStartOfDay(zone).toInstant();
        return end.isAfter(Instants.LAST) ? Instants.LAST : end;
    }

    /** The canonical form, part of a command's fingerprint. */
    @Override
    public String toString() {
        return switch (form) {
            case NEVER -> "never";
            case DAYS -> "days " + count;
            case SLIDING -> "sliding " + count;
            case CALENDAR -> "after " + count + " " + unit + " to end of " + end;
            case FIXED -> "through " + lastDay;
            case INSTANT -> "until " + instant;
        };
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Expiry && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
