package dev.retailcrm.audience.index;

/**
 * How far the building of an index is. Immutable.
 *
 * @param customers who are in it by now
 * @param events of theirs
 * @param bytes about how much memory it takes by now
 */
public record IndexProgress(long customers, long events, long bytes) {}
