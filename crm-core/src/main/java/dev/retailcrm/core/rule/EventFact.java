package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.util.Map;

/**
 * An event of a customer as far as rules ask about it. Immutable.
 *
 * @param at when it occurred, in milliseconds
 * @param properties by name
 */
public record EventFact(Instant at, Map<String, FieldValue> properties) {
    /** Copies the properties. */
    public EventFact {
        Check.present(at, "instant");
        properties = Map.copyOf(properties);
    }

    /** An event without properties. */
    public static EventFact at(Instant at) {
        return new EventFact(at, Map.of());
    }

    long millis() {
        return at.toEpochMilli();
    }
}
