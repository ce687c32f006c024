package dev.retailcrm.assets.spi;

/**
 * Goods taken from the stock of an exchange offer. Immutable.
 *
 * @param offer its key
 * @param count above zero if they are taken, below zero if they come back
 * @param most the stock; {@link Long#MAX_VALUE} for any number
 */
public record BenefitTake(String offer, long count, long most) {}
