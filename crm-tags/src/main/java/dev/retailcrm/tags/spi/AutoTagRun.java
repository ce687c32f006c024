package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an automatic tag is to be asked about all customers anew. Immutable.
 *
 * @param key of the automatic tag
 * @param version of it
 * @param place behind which customer to go on; {@code null} to start
 * @param startedAt when it was defined or changed, in milliseconds
 */
public record AutoTagRun(String key, long version, @Nullable CustomerId place, Instant startedAt) {
    /** The same, further on. */
    public AutoTagRun at(CustomerId last) {
        return new AutoTagRun(key, version, last, startedAt);
    }
}
