package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.earn.Earned;

/**
 * The answer to a settled order. Immutable.
 *
 * @param order what was settled
 * @param earned what it earned, as it was booked
 */
public record Settlement(SettledOrder order, Earned earned) {}
