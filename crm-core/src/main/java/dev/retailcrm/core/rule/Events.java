package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;
import java.util.List;
import java.util.stream.Stream;

/**
 * Events of a type that pass tests of their properties. Immutable.
 *
 * @param type of the catalog, such as {@code purchase} or {@code product.viewed}
 * @param where what each must pass, all of them
 */
public record Events(String type, List<PropertyTest> where) {
    /** The most tests. */
    public static final int MAX_TESTS = 20;

    /** Copies the list. */
    public Events {
        Check.code(type, 60, "event type");
        Check.range(where.size(), 0, MAX_TESTS, "number of tests");
        where = List.copyOf(where);
    }

    /** All events of a type. */
    public static Events of(String type) {
        return new Events(type, List.of());
    }

    /** Those of which this property passes a test too: {@code Events.of("purchase").where("category").is("baby")}. */
    public ValueClause<Events> where(String property) {
        return ValueClause.of(test -> and(property, test));
    }

    Events and(String property, ValueTest test) {
        return new Events(
                type,
                Stream.concat(where.stream(), Stream.of(new PropertyTest(property, test)))
                        .toList());
    }
}
