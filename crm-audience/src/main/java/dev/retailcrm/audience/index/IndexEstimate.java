package dev.retailcrm.audience.index;

/**
 * About how many customers a rule holds for, told from some of them. Immutable.
 *
 * @param members the most likely number
 * @param low with a probability of 95 % there are not fewer
 * @param high nor more
 * @param asked of how many customers the rule was asked; of all of them if all three numbers are the exact one
 */
public record IndexEstimate(long members, long low, long high, long asked) {
    private static final double Z = 1.959964;

    /** By the score interval (E. B. Wilson, <i>Probable Inference</i>, JASA 22, 1927). */
    static IndexEstimate of(long found, long asked, long all) {
        if (asked == 0 || asked >= all) {
            return new IndexEstimate(found, found, found, asked);
        }
        double share = (double) found / asked;
        double denominator = 1 + Z * Z / asked;
        double middle = share + Z * Z / (2 * asked);
        double half = Z * Math.sqrt(share * (1 - share) / asked + Z * Z / (4.0 * asked * asked));
        long low = (long) Math.floor(all * Math.max(0, middle - half) / denominator);
        long high = (long) Math.ceil(all * Math.min(denominator, middle + half) / denominator);
        return new IndexEstimate(Math.round(all * share), low, Math.min(all, high), asked);
    }
}
