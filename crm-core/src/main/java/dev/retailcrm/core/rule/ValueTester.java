package dev.retailcrm.core.rule;

import dev.retailcrm.core.field.FieldValue;

/** A test that is ready to be run on values of one type. Immutable. */
interface ValueTester {
    /** Whether the value passes. */
    boolean test(FieldValue value, Now now);

    /** The next instant at which the answer may change by time alone. */
    default long next(FieldValue value, Now now) {
        return Now.NEVER;
    }

    /** A test of texts that can be run on a folded text as well. */
    interface OfText extends ValueTester {
        /** Whether the text passes. */
        boolean test(String text);

        @Override
        default boolean test(FieldValue value, Now now) {
            return test(value.asText());
        }
    }
}
