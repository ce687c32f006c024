package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Something a customer or visitor did, as a source tells it. Immutable.
 *
 * @param customer who did it; {@code null} if a visitor did
 * @param visitor which visitor did it; {@code null} if a customer did
 * @param type name of a {@link BehaviorType}
 * @param occurredAt cut to milliseconds; from 1970 to 36 hours ahead of the clock
 * @param channel where it happened, such as {@code app}: 1 to 20 printable ASCII characters; {@code null} if not known
 * @param store {@code null} if not known
 * @param properties what its type defines; at most {@value Properties#MAX_JSON} characters of JSON
 */
public record BehaviorEvent(
        @Nullable CustomerId customer,
        @Nullable Visitor visitor,
        String type,
        BehaviorId id,
        Instant occurredAt,
        @Nullable String channel,
        @Nullable StoreId store,
        Properties properties) {
    /** The most characters of a channel. */
    public static final int MAX_CHANNEL = 20;

    /** Refuses what is missing or malformed, and both or none of customer and visitor, with {@link CoreError#INVALID_VALUE}. */
    public BehaviorEvent {
        if ((customer == null) == (visitor == null)) {
            throw CoreError.INVALID_VALUE.because("an event is either a customer's or a visitor's");
        }
        BehaviorType.requireName(type);
        Check.present(id, "id of an event");
        occurredAt = Check.present(occurredAt, "instant of an event").truncatedTo(ChronoUnit.MILLIS);
        if (channel != null) {
            Check.code(channel, MAX_CHANNEL, "channel");
        }
        if (Check.present(properties, "properties").json().length() > Properties.MAX_JSON) {
            throw CoreError.INVALID_VALUE.because(
                    "the properties of an event have at most %d characters", Properties.MAX_JSON);
        }
    }

    /** An event of a customer. */
    public static BehaviorEvent of(CustomerId customer, String type, BehaviorId id, Instant occurredAt) {
        return new BehaviorEvent(
                Check.present(customer, "customer"), null, type, id, occurredAt, null, null, Properties.none());
    }

    /** An event of a visitor. */
    public static BehaviorEvent of(Visitor visitor, String type, BehaviorId id, Instant occurredAt) {
        return new BehaviorEvent(
                null, Check.present(visitor, "visitor"), type, id, occurredAt, null, null, Properties.none());
    }

    /** Where it happened. Default: not known. */
    public BehaviorEvent through(String where) {
        return new BehaviorEvent(customer, visitor, type, id, occurredAt, where, store, properties);
    }

    /** In which store. Default: not known. */
    public BehaviorEvent in(StoreId where) {
        return new BehaviorEvent(customer, visitor, type, id, occurredAt, channel, where, properties);
    }

    /** What its type defines. Default: none. */
    public BehaviorEvent with(Properties values) {
        return new BehaviorEvent(customer, visitor, type, id, occurredAt, channel, store, values);
    }
}
