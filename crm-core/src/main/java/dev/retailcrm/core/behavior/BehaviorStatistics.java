package dev.retailcrm.core.behavior;

import java.time.Instant;

/**
 * How often a customer did something. Immutable.
 *
 * @param type name of the event type
 * @param count events kept, 1 or more
 * @param first when the earliest of them occurred
 * @param last when the latest of them occurred
 */
public record BehaviorStatistics(String type, long count, Instant first, Instant last) {}
