package dev.retailcrm.assets.checkout;

import dev.retailcrm.core.kernel.Check;

/**
 * Where an order is not what was expected. Immutable.
 *
 * @param expected what was: an amount, or a coupon
 * @param actual what is: an amount, or why the coupon is not used
 */
public record Mismatch(What what, String expected, String actual) {
    /** What differs. */
    public enum What {
        /** The amount due in money. */
        DUE,
        /** A coupon that was chosen is not used. */
        COUPON
    }

    /** Refuses what is missing. */
    public Mismatch {
        Check.present(what, "what");
        Check.present(expected, "expected");
        Check.present(actual, "actual");
    }
}
