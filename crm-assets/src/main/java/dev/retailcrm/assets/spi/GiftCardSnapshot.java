package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of a gift card, as it is stored. Immutable; {@link #toString()} leaves the hash out.
 *
 * @param tenant the retailer
 * @param id the card, also the owner of its account
 * @param version counts the changes of what is in here, from 1
 * @param eventSeq the number of the last event in the card's stream {@code gift-card}, from 1
 * @param state one that is {@linkplain GiftCardState#isKept() kept}
 * @param codeHash what its code is found by, 64 hexadecimal digits
 * @param lastFour the last four characters of its code
 * @param batch the id of the batch it was issued with
 * @param number its number in the batch, from 1
 * @param faceValue what it carries when it is activated, above zero
 * @param boundTo the only customer who can use it; {@code null} if anybody can
 * @param expiresAt the first instant at which it can no longer be used; {@code null} if it never expires
 * @param activatedAt when it was activated; {@code null} if it was not
 * @param issuedAt when it was issued
 * @param changedAt when it was last changed
 */
public record GiftCardSnapshot(
        TenantId tenant,
        CustomerId id,
        long version,
        long eventSeq,
        GiftCardState state,
        String codeHash,
        String lastFour,
        CustomerId batch,
        int number,
        Money faceValue,
        @Nullable CustomerId boundTo,
        @Nullable Instant expiresAt,
        @Nullable Instant activatedAt,
        Instant issuedAt,
        Instant changedAt) {
    /** Refuses a state no sequence of commands leads to. */
    public GiftCardSnapshot {
        Check.positive(version, "version");
        Check.positive(eventSeq, "event number");
        Check.positive(number, "number in the batch");
        Check.code(codeHash, 64, "hash of the code");
        if (!state.isKept() || lastFour.length() != 4 || !faceValue.isPositive()) {
            throw new IllegalStateException("no gift card is kept " + state + " with a face value of " + faceValue);
        }
        boolean activated = activatedAt != null;
        if (state != GiftCardState.BLOCKED && activated != (state == GiftCardState.ACTIVE)) {
            throw new IllegalStateException(
                    "a gift card that is " + state + " cannot have been activated " + activatedAt);
        }
    }

    /** The same, carrying its value. */
    public GiftCardSnapshot activated(Instant at) {
        return next(GiftCardState.ACTIVE, boundTo, at, at);
    }

    /** The same, for one customer only. */
    public GiftCardSnapshot bound(CustomerId customer, Instant at) {
        return next(state, customer, activatedAt, at);
    }

    /** The same in another state. */
    public GiftCardSnapshot in(GiftCardState other, Instant at) {
        return next(other, boundTo, activatedAt, at);
    }

    private GiftCardSnapshot next(
            GiftCardState nextState, @Nullable CustomerId nextBound, @Nullable Instant activation, Instant at) {
        return new GiftCardSnapshot(
                tenant,
                id,
                version + 1,
                eventSeq + 1,
                nextState,
                codeHash,
                lastFour,
                batch,
                number,
                faceValue,
                nextBound,
                expiresAt,
                activation,
                issuedAt,
                at);
    }

    @Override
    public String toString() {
        return "GiftCardSnapshot[" + tenant + "/" + id + ", version " + version + ", event " + eventSeq + ", " + state
                + ", ****" + lastFour + ", batch " + batch + " #" + number + ", " + faceValue + ", bound to " + boundTo
                + ", expires " + expiresAt + ", activated " + activatedAt + ", issued " + issuedAt + ", changed "
                + changedAt + "]";
    }
}
