package dev.retailcrm.assets.tier;

import java.time.Instant;

/**
 * By how much a measure changed. Immutable.
 *
 * @param amount above or below zero
 */
public record TierPoint(Instant at, long amount) {}
