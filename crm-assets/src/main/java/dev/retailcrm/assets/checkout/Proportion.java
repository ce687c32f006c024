package dev.retailcrm.assets.checkout;

import com.google.common.math.LongMath;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.math.BigInteger;
import java.util.stream.IntStream;

/**
 * Splits amounts in proportion without losing or making anything: the parts are whole and their sum is the amount. Stateless. Every part is
 * its exact share rounded down or up; those with the largest remainders are rounded up, the last first among equals (Hamilton's
 * method of largest remainders, 1792).
 */
public final class Proportion {
    private Proportion() {}

    /**
     * Splits an amount by weights. 100 by 200 and 150 is 57 and 43. No part exceeds its weight if the amount is not more than all weights
     * together; a weight of zero gets nothing. An amount of zero is split into zeros.
     *
     * @param amount zero or more
     * @param weights each zero or more, not all zero unless the amount is
     * @return one part a weight
     * @throws CrmException {@link CoreError#INVALID_VALUE} otherwise, or if the weights together pass 64 bits
     */
    public static long[] split(long amount, long... weights) {
        long total = sum(weights);
        if (amount < 0 || (total == 0 && amount > 0)) {
            throw CoreError.INVALID_VALUE.because("an amount to split must be zero or more, over some weight");
        }
        long[] parts = new long[weights.length];
        if (amount == 0) {
            return parts;
        }
        long[] remainders = new long[weights.length];
        BigInteger whole = BigInteger.valueOf(amount);
        BigInteger of = BigInteger.valueOf(total);
        long left = amount;
        for (int i = 0; i < weights.length; i++) {
            BigInteger[] share = whole.multiply(BigInteger.valueOf(weights[i])).divideAndRemainder(of);
            parts[i] = share[0].longValueExact();
            remainders[i] = share[1].longValueExact();
            left -= parts[i];
        }
        IntStream.range(0, weights.length)
                .boxed()
                .sorted((one, two) -> remainders[one] == remainders[two]
                        ? Integer.compare(two, one)
                        : Long.compare(remainders[two], remainders[one]))
                .limit(left)
                .forEach(i -> parts[i]++);
        return parts;
    }

    /** The sum of weights, each zero or more. */
    static long sum(long... weights) {
        long total = 0;
        for (long weight : Check.present(weights, "weights")) {
            if (weight < 0 || LongMath.saturatedAdd(total, weight) == Long.MAX_VALUE) {
                throw CoreError.INVALID_VALUE.because("weights must be zero or more and fit into 64 bits together");
            }
            total += weight;
        }
        return total;
    }
}
