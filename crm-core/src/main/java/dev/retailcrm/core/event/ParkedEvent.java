package dev.retailcrm.core.event;

/**
 * An event that could not be delivered and waits to be put back. Immutable.
 *
 * @param tries how often its delivery failed
 * @param error the class of the last exception
 */
public record ParkedEvent(EventEnvelope event, int tries, String error) {}
