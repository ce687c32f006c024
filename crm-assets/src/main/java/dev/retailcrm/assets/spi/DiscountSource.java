package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;

/**
 * Takes discounts off a basket for who buys it, such as those of members, after the host's own and before coupons. Asked before anything is locked,
 * within the unit of work. Thread-safe.
 */
public interface DiscountSource {
    /** The basket with discounts more, each naming its source; the same if there are none. */
    Basket reduce(CustomerId customer, Basket basket, Instant at);
}
