package dev.retailcrm.assets.spi;

import dev.retailcrm.core.kernel.TenantId;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down whoever guesses codes. Asked before a code is looked up, whether it is right or wrong, and told only of those that no card
 * has: a right code must not make room for more guesses. Thread-safe; joins no transaction, so that a rollback forgets nothing. Of
 * attempts at the same time each may be let through before the others are known to have failed. Numbered rules are checked by
 * {@code GuessThrottleContract} under the same numbers.
 */
public interface GuessThrottle {
    /**
     * <b>[GT-1]</b> How long this origin has to wait before it may try a code; zero if it need not. <b>[GT-2]</b> An origin that waited
     * that long may try. <b>[GT-3]</b> Other origins and tenants do not wait for its failures.
     *
     * @param now by the clock of the facade
     */
    Duration waitFor(TenantId tenant, String origin, Instant now);

    /** Notes that this origin gave a code that no card has. */
    void failed(TenantId tenant, String origin, Instant now);
}
