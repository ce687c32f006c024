package dev.retailcrm.audience.spi;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * How far a step of a computation got. Immutable.
 *
 * @param evaluated how many customers it looked at
 * @param place the last of them; {@code null} if nobody is left
 */
public record AudienceChunk(long evaluated, @Nullable CustomerId place) {}
