package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CoreError;

/**
 * How often two records agree on a field if they are of one person (the m-probabilities) and if they are of two (the
 * u-probabilities). The weight of an agreement is {@code log2(m / u)} (I. P. Fellegi, A. B. Sunter, "A Theory for Record Linkage", JASA
 * 64, 1969). Immutable.
 *
 * @param ifSame shares among pairs of records of one person in which both sides are known
 * @param ifDifferent shares among pairs of records of two persons; {@code exact} is that of a value as common as most, see
 *     {@link DuplicateRules}
 */
public record FieldOdds(Shares ifSame, Shares ifDifferent) {
    /**
     * Shares of pairs by agreement; the rest is {@link Agreement#DIFFERENT}. Immutable.
     *
     * @param exact greater than 0, below 1
     * @param close greater than 0, below 1
     * @param similar greater than 0, below 1
     */
    public record Shares(double exact, double close, double similar) {
        /** Refuses shares that are not above 0, or that leave nothing for pairs that differ, with {@link CoreError#INVALID_VALUE}. */
        public Shares {
            boolean positive = exact > 0 && close > 0 && similar > 0;
            if (!positive || !(exact + close + similar < 1)) {
                throw CoreError.INVALID_VALUE.because("shares must be greater than 0 and sum to less than 1");
            }
        }

        double of(Agreement agreement) {
            return switch (agreement) {
                case EXACT -> exact;
                case CLOSE -> close;
                case SIMILAR -> similar;
                case DIFFERENT -> 1 - exact - close - similar;
                case UNKNOWN -> 1;
            };
        }
    }

    /** Odds of a field whose agreements have these shares if both records are of one person. */
    public static FieldOdds ifSame(double exact, double close, double similar) {
        var shares = new Shares(exact, close, similar);
        return new FieldOdds(shares, shares);
    }

    /** The same with these shares if the records are of two persons. */
    public FieldOdds ifDifferent(double exact, double close, double similar) {
        return new FieldOdds(ifSame, new Shares(exact, close, similar));
    }

    /** The weight of an agreement in bits: above 0 speaks for one person, below 0 for two; 0 if unknown. */
    public double weight(Agreement agreement) {
        return log2(ifSame.of(agreement) / ifDifferent.of(agreement));
    }

    /** The weight of an exact agreement on a value that this share of the other persons has. */
    double weightOfExact(double shareOfOthers) {
        return log2(ifSame.exact() / shareOfOthers);
    }

    private static double log2(double ratio) {
        return Math.log(ratio) / Math.log(2);
    }
}
