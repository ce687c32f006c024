package dev.retailcrm.core.event;

/**
 * What one drain did. Immutable.
 *
 * @param delivered events that reached the listener and were removed
 * @param failed events whose listener threw and that are tried again later
 * @param parked events whose listener threw for the last time
 */
public record Drained(int delivered, int failed, int parked) {}
