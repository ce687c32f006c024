package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.code.CodeHashes;
import dev.retailcrm.assets.code.Guesses;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.UnitOfWork;

/** Finds cards by their codes and slows down whoever guesses; a code never changes its card. Thread-safe. */
final class CodeLookup {
    /** What codes of gift cards are hashed as. */
    static final String KIND = "gift-card";

    private final TenantId tenant;
    private final GiftCardStore store;
    private final UnitOfWork work;
    private final CodeHashes hashes;
    private final Guesses guesses;

    CodeLookup(TenantId tenant, GiftCardStore store, UnitOfWork work, CodeHashes hashes, Guesses guesses) {
        this.tenant = tenant;
        this.store = store;
        this.work = work;
        this.hashes = hashes;
        this.guesses = guesses;
    }

    /** The card presented; refuses a code that no card has, and any code when too many were wrong. */
    CustomerId find(PresentedCard presented) {
        Check.present(presented, "presented card");
        var candidates = hashes.all(KIND, tenant, presented.code().characters());
        return guesses.find(presented.origin(), () -> work.read(() -> store.cardOf(tenant, candidates)))
                .orElseThrow(() -> AssetError.UNKNOWN_GIFT_CARD.because("no gift card has this code"));
    }
}
