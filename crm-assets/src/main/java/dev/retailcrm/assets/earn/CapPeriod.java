package dev.retailcrm.assets.earn;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;

/** Over what a cap counts, by the retailer's calendar. */
public enum CapPeriod {
    /** One order or event. */
    ORDER,
    /** A day. */
    DAY,
    /** A week from Monday. */
    WEEK,
    /** A month. */
    MONTH,
    /** A year. */
    YEAR,
    /** As long as she is a customer. */
    CUSTOMER;

    /** The name of the period that contains an instant, such as {@code D2026-11-29}. */
    public String at(Instant instant, ZoneId zone) {
        return of(instant.atZone(zone).toLocalDate());
    }

    String of(LocalDate day) {
        return switch (this) {
            case ORDER -> "O";
            case DAY -> "D" + day;
            case WEEK -> "W" + day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
            case MONTH -> "M" + day.toString().substring(0, 7);
            case YEAR -> "Y" + day.toString().substring(0, 4);
            case CUSTOMER -> "C";
        };
    }
}
