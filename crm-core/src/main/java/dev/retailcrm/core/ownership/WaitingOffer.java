package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CustomerId;

/**
 * An offer that waits for its answer. Immutable.
 *
 * @param customer who is offered
 * @param offer the offer
 */
public record WaitingOffer(CustomerId customer, TransferOffer offer) {}
