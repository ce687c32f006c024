package dev.retailcrm.assets.stored;

import dev.retailcrm.assets.code.CheckedCode;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.GiftCardChange;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.stored.GiftCardEvent.What;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A gift card: its state, and what was agreed when it was issued. The value on it is an account of the ledger that its own id owns. Its
 * commands return decisions and write nothing. The code is not known here, only its last four characters. Immutable.
 */
public final class GiftCard {
    private static final String ANSWER = "gift-card#";

    private final GiftCardSnapshot state;

    private GiftCard(GiftCardSnapshot state) {
        this.state = state;
    }

    static GiftCard of(GiftCardSnapshot state) {
        return new GiftCard(state);
    }

    /** Names the card for ever; the owner of the account its value is in. */
    public CustomerId id() {
        return state.id();
    }

    /** The batch it was issued with. */
    public CustomerId batch() {
        return state.batch();
    }

    /** Its number within the batch, from 1. */
    public int number() {
        return state.number();
    }

    /** Its code with all but the last four characters covered. */
    public String maskedCode() {
        return CheckedCode.mask(state.lastFour());
    }

    /** The state it is kept in: {@link GiftCardState#ISSUED}, {@link GiftCardState#ACTIVE} or {@link GiftCardState#BLOCKED}. */
    public GiftCardState state() {
        return state.state();
    }

    /** The state at an instant: as it is kept, or {@link GiftCardState#EXPIRED}. */
    public GiftCardState stateAt(Instant at) {
        boolean over = state.expiresAt() != null && !at.isBefore(state.expiresAt());
        return over && state() != GiftCardState.BLOCKED ? GiftCardState.EXPIRED : state();
    }

    /** What it carries when it is activated. */
    public Money faceValue() {
        return state.faceValue();
    }

    /** The only customer who can use it; empty if anybody can who has the code. */
    public Optional<CustomerId> boundTo() {
        return Optional.ofNullable(state.boundTo());
    }

    /** The first instant at which it can no longer be used; empty if it never expires. */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(state.expiresAt());
    }

    /** When it was activated; empty if it was not. */
    public Optional<Instant> activatedAt() {
        return Optional.ofNullable(state.activatedAt());
    }

    /** When it was issued. */
    public Instant issuedAt() {
        return state.issuedAt();
    }

    void requireActivatable(Instant at) {
        if (stateAt(at) != GiftCardState.ISSUED) {
            throw refused(at);
        }
    }

    void requireUsable(Instant at, @Nullable CustomerId presentedBy) {
        if (stateAt(at) != GiftCardState.ACTIVE) {
            throw refused(at);
        }
        if (state.boundTo() != null && !state.boundTo().equals(presentedBy)) {
            throw bound();
        }
    }

    /** The key is booked with the value, by the ledger. */
    GiftCardChange activate(Posting posting, Instant at) {
        requireActivatable(at);
        return change(What.ACTIVATED, state.activated(at), posting, at, null);
    }

    GiftCardChange bind(CustomerId customer, Posting posting, Instant at, long fingerprint) {
        if (state.boundTo() != null && !state.boundTo().equals(customer)) {
            throw bound();
        }
        GiftCardState now = stateAt(at);
        if (now != GiftCardState.ISSUED && now != GiftCardState.ACTIVE) {
            throw refused(at);
        }
        if (state.boundTo() != null) {
            return new GiftCardChange(state, null, posting.key(), booked(fingerprint, state.version()));
        }
        return change(What.BOUND, state.bound(customer, at), posting, at, fingerprint);
    }

    GiftCardChange block(Posting posting, Instant at, long fingerprint) {
        if (state() == GiftCardState.BLOCKED) {
            throw refused(at);
        }
        return change(What.BLOCKED, state.in(GiftCardState.BLOCKED, at), posting, at, fingerprint);
    }

    GiftCardChange unblock(Posting posting, Instant at, long fingerprint) {
        if (state() != GiftCardState.BLOCKED) {
            throw refused(at);
        }
        GiftCardState before = state.activatedAt() == null ? GiftCardState.ISSUED : GiftCardState.ACTIVE;
        return change(What.UNBLOCKED, state.in(before, at), posting, at, fingerprint);
    }

    private static GiftCardChange change(
            What what, GiftCardSnapshot after, Posting posting, Instant at, @Nullable Long fingerprint) {
        var event = new GiftCardEvent(after, what, posting.store(), posting.staff(), at);
        return new GiftCardChange(
                after,
                EventEnvelope.of(after.tenant(), GiftCardEvent.SOURCE, after.eventSeq(), event),
                fingerprint == null ? null : posting.key(),
                fingerprint == null ? null : booked(fingerprint, after.version()));
    }

    private static Booked booked(long fingerprint, long version) {
        return new Booked(fingerprint, ANSWER + version);
    }

    private CrmException refused(Instant at) {
        GiftCardState now = stateAt(at);
        return AssetError.GIFT_CARD_STATE.with(Map.of("state", now.name()), "the gift card is %s", now);
    }

    private static CrmException bound() {
        return AssetError.GIFT_CARD_BOUND.because("the gift card is bound to another customer");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GiftCard that && state.equals(that.state);
    }

    @Override
    public int hashCode() {
        return state.hashCode();
    }

    @Override
    public String toString() {
        return "GiftCard[" + state.tenant() + "/" + id() + ", " + maskedCode() + ", " + state() + "]";
    }
}
