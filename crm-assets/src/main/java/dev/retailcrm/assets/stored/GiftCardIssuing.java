package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.code.CodeHashes;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Outcome;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.spi.GiftCardBatch;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes batches of cards, within the unit of work of its caller. Thread-safe. */
final class GiftCardIssuing {
    private static final int CHUNK = 1000;
    private static final int DRAWS = 3;

    private final TenantId tenant;
    private final Ledger ledger;
    private final GiftCardStore store;
    private final RequestStore requests;
    private final CustomerIds ids;
    private final CodeHashes hashes;
    private final RandomGenerator random;

    GiftCardIssuing(
            TenantId tenant,
            Ledger ledger,
            GiftCardStore store,
            RequestStore requests,
            CustomerIds ids,
            CodeHashes hashes,
            RandomGenerator random) {
        this.tenant = tenant;
        this.ledger = ledger;
        this.store = store;
        this.requests = requests;
        this.ids = ids;
        this.hashes = hashes;
        this.random = random;
    }

    IssuedGiftCards issue(GiftCardIssue issue, Posting posting, Instant at, long fingerprint) {
        Instant expiresAt;
        try {
            expiresAt = expiryOf(issue, at);
            requireRoom(issue);
        } catch (CrmException refusal) {
            return repeated(posting, fingerprint).orElseThrow(() -> refusal);
        }
        for (int draw = 0; draw < DRAWS; draw++) {
            List<GiftCardCode> codes = draw(issue.count());
            GiftCardBatch batch = batch(issue, codes, expiresAt, posting, at, fingerprint);
            GiftCardStore.Issued issued = store.issue(batch);
            if (issued == GiftCardStore.Issued.REPEATED) {
                return repeated(posting, fingerprint)
                        .orElseThrow(() -> CoreError.STORE_FAILED.because(
                                "the store names a request as booked and does not find it"));
            }
            if (issued == GiftCardStore.Issued.WRITTEN) {
                if (issue.active()) {
                    activate(batch, posting, at);
                }
                return new IssuedGiftCards(
                        batch.cards().stream().map(GiftCard::of).toList(), codes);
            }
        }
        throw CoreError.STORE_FAILED.because(
                "random codes were taken %d times: the source of codes is not random", DRAWS);
    }

    /** What a card is worth in the ledger once it is active. */
    static Grant valueOf(GiftCardSnapshot card) {
        Expiry expiry = card.expiresAt() == null ? Expiry.never() : Expiry.until(card.expiresAt());
        return Grant.of(card.faceValue().getAmountMinorLong()).expiring(expiry).costing(card.faceValue());
    }

    private @Nullable Instant expiryOf(GiftCardIssue issue, Instant at) {
        Terms terms = ledger.terms();
        Expiry expiry = issue.expiry() == null ? terms.expiry() : issue.expiry();
        Instant end = expiry.endFor(at, terms.zone());
        if (expiry.slideDays() > 0 || (end != null && !end.isAfter(at))) {
            throw AssetError.INVALID_TERM.because(
                    "a gift card must expire after its issue, at an instant that does not slide");
        }
        return end;
    }

    private void requireRoom(GiftCardIssue issue) {
        long cap = ledger.terms().cap();
        if (issue.faceValue().getAmountMinorLong() > cap) {
            throw AssetError.CAP_EXCEEDED.with(
                    Map.of("cap", cap, "room", cap), "a gift card may carry at most %d", cap);
        }
    }

    private List<GiftCardCode> draw(int count) {
        List<GiftCardCode> codes = new ArrayList<>(count);
        Set<GiftCardCode> drawn = new HashSet<>(2 * count);
        for (int draw = 0; codes.size() < count && draw < DRAWS * count; draw++) {
            var code = GiftCardCode.draw(random);
            if (drawn.add(code)) {
                codes.add(code);
            }
        }
        if (codes.size() < count) {
            throw CoreError.STORE_FAILED.because("the source of codes repeats itself: it is not random");
        }
        return codes;
    }

    private GiftCardBatch batch(
            GiftCardIssue issue,
            List<GiftCardCode> codes,
            @Nullable Instant expiresAt,
            Posting posting,
            Instant at,
            long fingerprint) {
        CustomerId id = ids.next();
        List<GiftCardSnapshot> cards = new ArrayList<>(codes.size());
        List<EventEnvelope> events = new ArrayList<>(codes.size());
        for (GiftCardCode code : codes) {
            var card = new GiftCardSnapshot(
                    tenant,
                    ids.next(),
                    1,
                    1,
                    issue.active() ? GiftCardState.ACTIVE : GiftCardState.ISSUED,
                    hashes.newest(CodeLookup.KIND, tenant, code.characters()),
                    code.lastFour(),
                    id,
                    cards.size() + 1,
                    issue.faceValue(),
                    null,
                    expiresAt,
                    issue.active() ? at : null,
                    at,
                    at);
            var event = new GiftCardEvent(card, GiftCardEvent.What.ISSUED, posting.store(), posting.staff(), at);
            cards.add(card);
            events.add(EventEnvelope.of(tenant, GiftCardEvent.SOURCE, 1, event));
        }
        var booked = new Booked(fingerprint, "gift-card-batch#" + codes.size());
        return new GiftCardBatch(tenant, id, posting.key(), booked, cards, events);
    }

    private void activate(GiftCardBatch batch, Posting posting, Instant at) {
        Posting dated = posting.at(at);
        List<Award> awards = batch.cards().stream()
                .map(card -> new Award(card.id(), valueOf(card), dated))
                .toList();
        for (Outcome outcome : ledger.grantAll(EntryType.TOP_UP, awards, CHUNK)) {
            CrmException refusal = outcome.refusal();
            if (refusal != null) {
                throw refusal;
            }
        }
    }

    private Optional<IssuedGiftCards> repeated(Posting posting, long fingerprint) {
        Optional<CustomerId> batch = store.batchOf(tenant, posting.key());
        Optional<Booked> booked = batch.flatMap(id -> requests.find(tenant, id, posting.key()));
        if (booked.isPresent() && booked.get().fingerprint() != fingerprint) {
            throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for other content");
        }
        return booked.flatMap(it -> batch).map(id -> new IssuedGiftCards(cardsOf(id), List.of()));
    }

    private List<GiftCard> cardsOf(CustomerId batch) {
        List<GiftCard> cards = new ArrayList<>();
        List<GiftCardSnapshot> page;
        do {
            page = store.inBatch(tenant, batch, cards.size(), CHUNK);
            page.forEach(card -> cards.add(GiftCard.of(card)));
        } while (page.size() == CHUNK);
        return cards;
    }
}
