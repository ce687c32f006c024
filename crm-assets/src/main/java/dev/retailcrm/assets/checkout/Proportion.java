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

    /**
     * How much of each weight is reached when so much of all is: at {@code amount} more, no part is less, and at the sum of the weights every part is
     * its weight. So parts of a refund can be told from sums alone, whatever the steps. Each part is at least its exact share rounded down; what
     * that leaves goes one by one to where {@code weight / (part + 1)} is greatest, the first among equals (Jefferson 1792, D'Hondt 1878).
     *
     * @param amount zero to the sum of the weights
     * @param weights each zero or more
     */
    static long[] reached(long amount, long... weights) {
        long total = sum(weights);
        if (amount < 0 || amount > total) {
            throw CoreError.INVALID_VALUE.because("an amount must be zero to the sum of the weights");
        }
        long[] parts = new long[weights.length];
        long left = amount;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = part(weights[i], amount, total);
            left -= parts[i];
        }
        for (; left > 0; left--) {
            int next = -1;
            for (int i = 0; i < parts.length; i++) {
                if (parts[i] < weights[i]
                        && (next < 0 || exceeds(weights[i], parts[i] + 1, weights[next], parts[next] + 1))) {
                    next = i;
                }
            }
            parts[next]++;
        }
        return parts;
    }

    private static boolean exceeds(long one, long by, long other, long byOther) {
        return BigInteger.valueOf(one)
                        .multiply(BigInteger.valueOf(byOther))
                        .compareTo(BigInteger.valueOf(other).multiply(BigInteger.valueOf(by)))
                > 0;
    }

    /** {@code whole × amount / of}, rounded down; all of it if both are zero. */
    static long part(long whole, long amount, long of) {
        return amount == of
                ? whole
                : BigInteger.valueOf(whole)
                        .multiply(BigInteger.valueOf(amount))
                        .divide(BigInteger.valueOf(of))
                        .longValueExact();
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
