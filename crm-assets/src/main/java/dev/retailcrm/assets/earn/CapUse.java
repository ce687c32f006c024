package dev.retailcrm.assets.earn;

/**
 * How much a customer was given over a period, or is to be given besides. Immutable.
 *
 * @param program the program
 * @param rule the rule; empty for all of the program
 * @param period as {@link CapPeriod#at} names it
 * @param points below zero if they are given back
 * @param times below zero if they are given back
 */
public record CapUse(String program, String rule, String period, long points, long times) {
    /** What it counts. */
    public Key key() {
        return new Key(program, rule, period);
    }

    /** What is counted. */
    public record Key(String program, String rule, String period) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int order = program.compareTo(other.program);
            order = order == 0 ? rule.compareTo(other.rule) : order;
            return order == 0 ? period.compareTo(other.period) : order;
        }
    }

    CapUse negated() {
        return new CapUse(program, rule, period, -points, -times);
    }
}
