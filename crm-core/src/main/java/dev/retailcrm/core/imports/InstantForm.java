package dev.retailcrm.core.imports;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;

/** How instants are written in a file. Stateless. */
final class InstantForm {
    /** {@code 2026-03-01}, with or without {@code T09:00:00}, with or without {@code Z} or {@code +08:00}. */
    static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter();

    private InstantForm() {}

    /**
     * The instant of a text; a day is its beginning.
     *
     * @param zone of what names none
     */
    static Instant parse(String text, DateTimeFormatter form, ZoneId zone) {
        TemporalAccessor read = form.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
        if (read instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        return read instanceof LocalDateTime time
                ? time.atZone(zone).toInstant()
                : LocalDate.from(read).atStartOfDay(zone).toInstant();
    }
}
