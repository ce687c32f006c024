package dev.retailcrm.assets.benefit;

import dev.retailcrm.core.kernel.Instants;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** Over what uses are counted, by the retailer's calendar. */
public enum UsePeriod {
    /** A day. */
    DAY,
    /** A week from Monday. */
    WEEK,
    /** A month. */
    MONTH,
    /** A year. */
    YEAR,
    /** As long as she is a customer. */
    EVER;

    /** The period that contains an instant. */
    public Span around(Instant at, ZoneId zone) {
        LocalDate day = at.atZone(zone).toLocalDate();
        return switch (this) {
            case DAY -> Span.of(day, day.plusDays(1), zone);
            case WEEK -> {
                LocalDate monday = day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                yield Span.of(monday, monday.plusDays(7), zone);
            }
            case MONTH -> Span.of(day.withDayOfMonth(1), day.withDayOfMonth(1).plusMonths(1), zone);
            case YEAR -> Span.of(day.withDayOfYear(1), day.withDayOfYear(1).plusYears(1), zone);
            case EVER -> new Span(Instant.EPOCH, Instants.LAST);
        };
    }

    /**
     * A stretch of time. Immutable.
     *
     * @param to exclusive
     */
    public record Span(Instant from, Instant to) {
        /** From the beginning of a day to the beginning of another. */
        static Span of(LocalDate first, LocalDate end, ZoneId zone) {
            return new Span(
                    first.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
        }
    }
}
