package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That a rule is to be asked about all customers anew. Immutable.
 *
 * @param key of the automatic tag or audience whose rule it is
 * @param version of it
 * @param place behind which customer to go on; {@code null} to start
 * @param startedAt when it was defined or changed, in milliseconds
 */
public record RuleRun(String key, long version, @Nullable CustomerId place, Instant startedAt) {
    /** The same, further on. */
    public RuleRun at(CustomerId last) {
        return new RuleRun(key, version, last, startedAt);
    }
}
