package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a timeline is asked for. Immutable.
 *
 * @param owner a customer, or the own id of a visitor
 * @param type only events of this type; {@code null} for all
 * @param from only events at or after it; {@code null} for all
 * @param to only events before it; {@code null} for all
 */
public record TimelineQuery(
        CustomerId owner,
        @Nullable String type,
        @Nullable Instant from,
        @Nullable Instant to) {
    /** Refuses a type that is no name, instants out of range, and a window that ends before it starts. */
    public TimelineQuery {
        Check.present(owner, "customer");
        if (type != null) {
            BehaviorType.requireName(type);
        }
        Instants.requireStorable(from);
        Instants.requireStorable(to);
        if (from != null && to != null && to.isBefore(from)) {
            throw CoreError.INVALID_VALUE.because("a window must not end before it starts");
        }
    }

    /** All events of a customer, or of a visitor by its own id. */
    public static TimelineQuery of(CustomerId owner) {
        return new TimelineQuery(owner, null, null, null);
    }

    /** Only events of this type. Default: all. */
    public TimelineQuery type(String name) {
        return new TimelineQuery(owner, Check.present(name, "event type"), from, to);
    }

    /** Only events that occurred from the first instant on and before the second. Default: all. */
    public TimelineQuery between(Instant first, Instant end) {
        return new TimelineQuery(owner, type, Check.present(first, "start"), Check.present(end, "end"));
    }

    /** Whether an event is in it, whoever's it is. */
    public boolean matches(RecordedEvent event) {
        return Optional.ofNullable(type)
                        .filter(name -> !name.equals(event.type()))
                        .isEmpty()
                && (from == null || !event.occurredAt().isBefore(from))
                && (to == null || event.occurredAt().isBefore(to));
    }
}
