package dev.retailcrm.core.rule;

import dev.retailcrm.core.spi.ValueQuestion;

/**
 * A test of a value in both forms: to be run on it, and to be asked of a store. Immutable.
 *
 * @param tester runs it
 * @param asked what to ask at an instant
 */
record ValueCheck(ValueTester tester, Asked asked) {
    /** Says what to ask. */
    interface Asked {
        ValueQuestion at(Now now);
    }

    /** A test that is the same at every instant. */
    static ValueCheck of(ValueQuestion question, ValueTester tester) {
        return new ValueCheck(tester, now -> question);
    }

    ValueQuestion question(Now now) {
        return asked.at(now);
    }
}
