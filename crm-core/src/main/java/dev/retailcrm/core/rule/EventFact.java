package dev.retailcrm.core.rule;

import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

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

    /**
     * An event of behaviour with these properties of it, as far as it has them.
     *
     * @param types of the properties by name
     */
    public static EventFact of(Instant at, Properties properties, Map<String, FieldType> types) {
        Map<String, FieldValue> values = new HashMap<>();
        types.forEach((name, type) -> value(properties, name, type).ifPresent(value -> values.put(name, value)));
        return new EventFact(at, values);
    }

    private static Optional<FieldValue> value(Properties properties, String name, FieldType type) {
        return switch (type) {
            case TEXT -> properties.text(name).map(FieldValue::unchanged);
            case LONG -> properties.number(name).map(FieldValue::number);
            case DECIMAL -> properties.decimal(name).map(FieldValue::decimal);
            case MONEY -> properties.money(name).map(FieldValue::money);
            case DATE -> properties.date(name).map(FieldValue::date);
            case INSTANT -> properties.instant(name).map(FieldValue::instant);
            case BOOLEAN -> properties.flag(name).map(FieldValue::flag);
            case CHOICE, MULTI_CHOICE -> Optional.empty();
        };
    }

    /** An event without properties. */
    public static EventFact at(Instant at) {
        return new EventFact(at, Map.of());
    }

    long millis() {
        return at.toEpochMilli();
    }
}
