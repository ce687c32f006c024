package dev.retailcrm.assets.redeem;

import dev.retailcrm.core.kernel.CustomerId;

/**
 * What a one-time code stands for, and how much of it can be used now. Immutable.
 *
 * @param customer who shows it, as she is known by now
 * @param available 0 if nothing; {@link Long#MAX_VALUE} for any number; of goods for points whatever the points she has
 * @param used whether the code was used already
 */
public record Redeemable(CustomerId customer, RedeemItem item, long available, boolean used) {}
