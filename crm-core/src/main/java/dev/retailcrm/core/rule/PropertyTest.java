package dev.retailcrm.core.rule;

import dev.retailcrm.core.kernel.Check;

/**
 * What a property of an event is. Immutable.
 *
 * @param property its name
 * @param test what is asked of its value
 */
public record PropertyTest(String property, ValueTest test) {
    /** Refuses missing parts. */
    public PropertyTest {
        Check.code(property, 60, "property");
        Check.present(test, "test");
    }
}
