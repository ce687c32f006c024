package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureObstacle;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gift cards that are bound to a customer are exported, and their value stands against her erasure. They are kept when she is erased, bound to
 * an id that leads to nobody. Who paid with a card that is not bound is not known. Thread-safe.
 */
public final class GiftCardPrivacy implements PrivacyParticipant {
    private static final String NAME = "gift-cards";

    private final GiftCardStore store;
    private final LedgerHistoryStore ledger;

    /** On these stores. */
    public GiftCardPrivacy(GiftCardStore store, LedgerHistoryStore ledger) {
        this.store = store;
        this.ledger = ledger;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return new Page<>(
                store.boundTo(tenant, List.of(customer)).stream()
                        .map(GiftCardPrivacy::row)
                        .toList(),
                null);
    }

    private static ExportRow row(GiftCardSnapshot card) {
        return ExportRow.of("cards")
                .and("id", card.id())
                .and("state", card.state())
                .and("lastFour", card.lastFour())
                .and("faceValue", card.faceValue())
                .and("issuedAt", card.issuedAt())
                .and("activatedAt", card.activatedAt())
                .and("expiresAt", card.expiresAt());
    }

    /** {@inheritDoc} Nothing: a card names nobody. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        List<GiftCardSnapshot> cards = store.boundTo(tenant, customers);
        Map<CustomerId, List<Account>> values =
                ledger.accounts(tenant, cards.stream().map(GiftCardSnapshot::id).toList());
        Map<CustomerId, Ties> ties = new HashMap<>();
        for (GiftCardSnapshot card : cards) {
            boolean hasValue =
                    values.getOrDefault(card.id(), List.of()).stream().anyMatch(it -> it.posted() > 0);
            CustomerId holder = card.boundTo();
            if (hasValue && holder != null) {
                var obstacle = new ErasureObstacle(NAME, "VALUE", card.id().toString());
                ties.merge(holder, new Ties(null, List.of(obstacle)), Ties::and);
            }
        }
        return ties;
    }
}
