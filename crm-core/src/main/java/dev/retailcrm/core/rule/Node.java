package dev.retailcrm.core.rule;

import dev.retailcrm.core.spi.RuleTranslation;

/** A condition that is ready to be answered. Immutable. */
abstract class Node {
    /** How many instants are tried for one at which an answer changes. */
    private static final int MAX_STEPS = 10_000;

    /** The calendar repeats itself after this: what has not changed by then, anniversary after anniversary, never does. */
    private static final long FOUR_CENTURIES = 146_097L * 86_400_000;

    private static final int REPEATING = 400;

    /** Whether it holds. */
    abstract boolean test(CustomerFacts facts, Now now);

    /**
     * The first instant after now at which the answer is another; {@link Now#NEVER} if there is none. Should there be more than
     * {@value #MAX_STEPS} instants to try, one of them, before which it does not change.
     */
    long flip(CustomerFacts facts, Now now) {
        boolean stands = test(facts, now);
        Now then = now;
        for (int step = 0; step < MAX_STEPS; step++) {
            long next = next(facts, then);
            if (next == Now.NEVER || (step > REPEATING && next - now.millis > FOUR_CENTURIES)) {
                return Now.NEVER;
            }
            then = now.at(next);
            if (test(facts, then) != stands) {
                return next;
            }
        }
        return then.millis;
    }

    /** The next instant after now at which the answer may change by time alone. */
    abstract long next(CustomerFacts facts, Now now);

    /** The same in another language, at now. */
    abstract <C> C translate(RuleTranslation<C> language, Now now);

    /** Why it holds or does not. */
    abstract Why why(CustomerFacts facts, Now now);
}
