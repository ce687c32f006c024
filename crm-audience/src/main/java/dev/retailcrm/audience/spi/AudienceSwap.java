package dev.retailcrm.audience.spi;

import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;

/**
 * That what was computed of an audience takes the place of its members. Immutable.
 *
 * @param audience the definition it was computed by
 * @param generation the number it gets
 * @param asOf since when those who come are in, and those who go are out
 */
public record AudienceSwap(TenantId tenant, AudienceRule audience, long generation, Instant asOf) {}
