package dev.retailcrm.core.event;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.Map;

/** Something that happened to a customer, told to whoever listens. Implementations are immutable records. */
public interface DomainEvent {
    /** The customer it happened to. */
    CustomerId customer();

    /**
     * What happened: 2 to 60 characters, words of {@code a-z 0-9 -} joined by dots, the subject first ({@code customer.registered},
     * {@code points.earned}).
     */
    String type();

    /** When it was booked; cut to milliseconds where it is kept. */
    Instant at();

    /**
     * Ids and figures, <b>never personal data</b>: events leave the database. Values may be texts, whole numbers, {@code BigDecimal},
     * booleans, enums, instants, and lists and maps of these; ids are given as text, because readers in JavaScript lose digits of a
     * 64-bit number.
     */
    Map<String, Object> data();
}
