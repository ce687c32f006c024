package dev.retailcrm.assets.code;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Slows down whoever guesses a tenant's codes. Thread-safe. */
public final class Guesses {
    private final TenantId tenant;
    private final GuessThrottle throttle;
    private final Instants clock;

    /** Of a tenant, slowed down by this throttle. */
    public Guesses(TenantId tenant, GuessThrottle throttle, Instants clock) {
        this.tenant = tenant;
        this.throttle = throttle;
        this.clock = clock;
    }

    /**
     * What a look-up finds; if it finds nothing, that is noted. It is made before the command's unit of work, so that one that is run again
     * counts a wrong code once.
     *
     * @throws CrmException {@link AssetError#TOO_MANY_GUESSES} if this origin gave too many wrong codes
     */
    public <T> Optional<T> find(String origin, Supplier<Optional<T>> lookup) {
        Instant now = clock.now();
        Duration wait = throttle.waitFor(tenant, origin, now);
        if (!wait.isZero()) {
            long seconds = wait.plusNanos(999_999_999).toSeconds();
            throw AssetError.TOO_MANY_GUESSES.with(
                    Map.of("retryAfterSeconds", seconds), "too many wrong codes; try again in %d seconds", seconds);
        }
        Optional<T> found = lookup.get();
        if (found.isEmpty()) {
            throttle.failed(tenant, origin, now);
        }
        return found;
    }
}
