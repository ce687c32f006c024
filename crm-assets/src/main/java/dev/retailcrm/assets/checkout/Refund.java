package dev.retailcrm.assets.checkout;

/**
 * The answer to a refund. Immutable.
 *
 * @param order as the refund left it
 * @param back what this refund gave back
 * @param couponsBack whether the coupons of the order were given back with it
 */
public record Refund(SettledOrder order, GivenBack back, boolean couponsBack) {}
