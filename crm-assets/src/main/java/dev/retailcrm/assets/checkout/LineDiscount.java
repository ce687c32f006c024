package dev.retailcrm.assets.checkout;

import dev.retailcrm.core.kernel.Check;
import org.joda.money.Money;

/**
 * What a promotion takes off one line. Immutable.
 *
 * @param source the promotion by the host's code or the coupon's key, 1 to {@value BasketLine#MAX_CODE} printable ASCII characters
 * @param amount above zero
 */
public record LineDiscount(String source, Money amount) {
    /** Refuses anything else. */
    public LineDiscount {
        Check.code(source, BasketLine.MAX_CODE, "source of a discount");
        BasketLine.minor(amount, 1, "discount of a line");
    }
}
