package dev.retailcrm.core.rule;

import java.util.Arrays;

/** The instant of a question, with what follows from it alone, worked out once. Not thread-safe. */
final class Now {
    /** No instant: later than all. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long UNKNOWN = Long.MIN_VALUE + 1;

    final long millis;
    private final RuleTime time;
    private final long[] edges;
    private long today = UNKNOWN;

    /** An instant, for a rule that has so many edges. */
    Now(long millis, RuleTime time, int edges) {
        this.millis = millis;
        this.time = time;
        this.edges = new long[edges];
        Arrays.fill(this.edges, UNKNOWN);
    }

    /** The same question at another instant. */
    Now at(long other) {
        return new Now(other, time, edges.length);
    }

    RuleTime time() {
        return time;
    }

    /** The day it is, counted from 1970. */
    long today() {
        if (today == UNKNOWN) {
            today = time.dayOf(millis);
        }
        return today;
    }

    /** Where an edge is. */
    long value(Edge edge) {
        long known = edges[edge.number()];
        if (known == UNKNOWN) {
            known = edge.at(this);
            edges[edge.number()] = known;
        }
        return known;
    }
}
