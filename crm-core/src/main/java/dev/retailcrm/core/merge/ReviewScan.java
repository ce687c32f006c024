package dev.retailcrm.core.merge;

/**
 * What a search through all customers found. Immutable.
 *
 * @param customers customers compared
 * @param proposed pairs that are new in the queue
 * @param coverage what was looked at
 */
public record ReviewScan(long customers, int proposed, Coverage coverage) {}
