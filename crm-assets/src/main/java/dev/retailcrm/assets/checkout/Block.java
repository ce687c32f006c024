package dev.retailcrm.assets.checkout;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * Counts in blocks. Immutable. With a size of 2 rounded up, 5 are 3 blocks: every block that was started; with a size of 3 rounded down, 10 are 3
 * blocks, which are 9 of the 10.
 *
 * @param size of one block, above zero
 * @param rounding of what is no whole block: {@code DOWN}, {@code HALF_UP} or {@code UP}
 */
public record Block(long size, RoundingMode rounding) {
    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public Block {
        Check.positive(size, "size of a block");
        requireRounding(rounding);
    }

    /** Whole blocks only. */
    public static Block whole(long size) {
        return new Block(size, RoundingMode.DOWN);
    }

    /** Every block that was started. */
    public static Block started(long size) {
        return new Block(size, RoundingMode.UP);
    }

    /** Returns the mode if it is {@code DOWN}, {@code HALF_UP} or {@code UP}. */
    public static RoundingMode requireRounding(RoundingMode mode) {
        if (mode != RoundingMode.DOWN && mode != RoundingMode.HALF_UP && mode != RoundingMode.UP) {
            throw CoreError.INVALID_VALUE.because("rounding is DOWN, HALF_UP or UP");
        }
        return mode;
    }

    /** How many blocks an amount of zero or more is. */
    public long count(long amount) {
        if (amount < 0) {
            throw CoreError.INVALID_VALUE.because("an amount must be zero or more");
        }
        return rounded(BigInteger.valueOf(amount), size, rounding);
    }

    /** What of an amount of zero or more is in whole blocks: 9 of 10 in blocks of 3. */
    public long used(long amount) {
        return amount - amount % size;
    }

    /** {@code amount / of} as a whole number. */
    public static long rounded(BigInteger amount, long of, RoundingMode rounding) {
        BigInteger whole = new BigDecimal(amount)
                .divide(BigDecimal.valueOf(of), 0, rounding)
                .toBigIntegerExact();
        if (whole.bitLength() > 63) {
            throw CoreError.INVALID_VALUE.because("a number of blocks must fit into 64 bits");
        }
        return whole.longValueExact();
    }
}
