package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.CustomerId;

/**
 * What a good one-time code is good for, once. Immutable.
 *
 * @param customer who shows it
 * @param step the step of 30 seconds since 1970 it was made for
 */
public record CheckedPass(CustomerId customer, RedeemItem item, long step) {
    /** What tells it from every other code for the same item. */
    public String name() {
        return customer.value() + ":" + step;
    }
}
