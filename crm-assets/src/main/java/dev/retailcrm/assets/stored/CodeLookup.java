package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Finds cards by their codes and slows down whoever guesses. It looks before the command's unit of work, so that one that is run again
 * counts a wrong code once; a code never changes its card. Thread-safe.
 */
final class CodeLookup {
    private final TenantId tenant;
    private final GiftCardStore store;
    private final UnitOfWork work;
    private final Instants clock;
    private final CodeHashes hashes;
    private final GuessThrottle throttle;

    CodeLookup(
            TenantId tenant,
            GiftCardStore store,
            UnitOfWork work,
            Instants clock,
            CodeHashes hashes,
            GuessThrottle throttle) {
        this.tenant = tenant;
        this.store = store;
        this.work = work;
        this.clock = clock;
        this.hashes = hashes;
        this.throttle = throttle;
    }

    /** The card presented; refuses a code that no card has, and any code when too many were wrong. */
    CustomerId find(PresentedCard presented) {
        Check.present(presented, "presented card");
        Instant now = clock.now();
        Duration wait = throttle.waitFor(tenant, presented.origin(), now);
        if (!wait.isZero()) {
            long seconds = wait.plusNanos(999_999_999).toSeconds();
            throw AssetError.TOO_MANY_GUESSES.with(
                    Map.of("retryAfterSeconds", seconds), "too many wrong codes; try again in %d seconds", seconds);
        }
        var candidates = hashes.all(tenant, presented.code());
        Optional<CustomerId> card = work.read(() -> store.cardOf(tenant, candidates));
        if (card.isEmpty()) {
            throttle.failed(tenant, presented.origin(), now);
        }
        return card.orElseThrow(() -> AssetError.UNKNOWN_GIFT_CARD.because("no gift card has this code"));
    }
}
