package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Quantities of goods, sold by the piece or weighed: at most three decimals, counted in thousandths. Stateless. */
final class Quantity {
    /** The greatest quantity of one line or refund, in units. */
    static final long MAX_UNITS = 1_000_000;

    private static final int SCALE = 3;

    private Quantity() {}

    /** The quantity in thousandths; refuses more decimals, less than {@code min} thousandths and more than the greatest. */
    static long toMilli(BigDecimal quantity, long min) {
        BigDecimal given = Check.present(quantity, "quantity");
        boolean small = given.signum() >= 0 && given.compareTo(BigDecimal.valueOf(MAX_UNITS)) <= 0;
        if (!small || given.stripTrailingZeros().scale() > SCALE) {
            throw CoreError.INVALID_VALUE.because(
                    "a quantity must have at most %d decimals and be at most %d", SCALE, MAX_UNITS);
        }
        long milli =
                given.setScale(SCALE, RoundingMode.UNNECESSARY).unscaledValue().longValueExact();
        if (milli < min) {
            throw CoreError.INVALID_VALUE.because("a quantity must be greater than zero");
        }
        return milli;
    }

    /** Thousandths as units with three decimals. */
    static BigDecimal ofMilli(long milli) {
        return BigDecimal.valueOf(milli, SCALE);
    }
}
