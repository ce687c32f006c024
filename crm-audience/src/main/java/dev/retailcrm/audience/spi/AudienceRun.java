package dev.retailcrm.audience.spi;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That the members of an audience are being computed. Immutable.
 *
 * @param version of the definition
 * @param asOf the instant for which, in milliseconds; those of the same tenant are done in this order
 * @param place behind which customer to go on; {@code null} to start
 * @param evaluated how many customers it looked at
 */
public record AudienceRun(
        long version, Instant asOf, @Nullable CustomerId place, long evaluated) {
    /** One that starts. */
    public static AudienceRun of(long version, Instant asOf) {
        return new AudienceRun(version, asOf, null, 0);
    }

    /** The same, further on. */
    public AudienceRun at(CustomerId last, long more) {
        return new AudienceRun(version, asOf, last, evaluated + more);
    }
}
