package dev.retailcrm.core.consent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a topic stands after some words about it, taken in the order in which they happened. Immutable.
 *
 * @param word her last word that counts; {@code null} if there was none
 * @param own whether that is a refusal of her own, which only she can take back
 * @param confirmed whether she confirmed the consent that stands
 * @param asked the question of double opt-in that waits for her answer; {@code null} if none does
 */
record Standing(
        @Nullable ConsentProof word,
        boolean own,
        boolean confirmed,
        @Nullable Confirmation asked) {
    static final Standing SILENT = new Standing(null, false, false, null);

    /** After one more word. An operator's word for contact has no effect while a refusal of her own stands. */
    Standing then(ConsentProof next) {
        boolean byHerself = next.provenance().isHerOwn();
        return switch (next.act()) {
            case GIVEN -> own && !byHerself ? this : new Standing(next, false, isGiven() && confirmed, asked);
            case REQUESTED -> own && !byHerself ? this : new Standing(word, own, confirmed, next.confirmation());
            case CONFIRMED -> new Standing(next, false, true, null);
            case DENIED, WITHDRAWN -> new Standing(next, own || byHerself, false, null);
            case BOUNCED, BOUNCE_LIFTED, COMPLAINED -> this;
        };
    }

    boolean isGiven() {
        return word != null && (word.act() == ConsentAct.GIVEN || word.act() == ConsentAct.CONFIRMED);
    }

    /** Whether the question with this token waits for her answer. */
    boolean isAsked(String tokenHash) {
        return asked != null && asked.tokenHash().equals(tokenHash);
    }

    ContactReason under(ConsentPolicy policy, Instant at) {
        ContactReason settled = settled(policy, at);
        boolean open = asked != null && at.isBefore(asked.expiresAt());
        return open && !settled.allows() ? ContactReason.PENDING_CONFIRMATION : settled;
    }

    private ContactReason settled(ConsentPolicy policy, Instant at) {
        if (word == null) {
            return policy.needsConsent() ? ContactReason.NO_CONSENT : ContactReason.NOT_REFUSED;
        }
        return switch (word.act()) {
            case DENIED -> ContactReason.DENIED;
            case WITHDRAWN -> ContactReason.WITHDRAWN;
            default -> given(policy, word.occurredAt(), at);
        };
    }

    private ContactReason given(ConsentPolicy policy, Instant since, Instant at) {
        Instant end = policy.endOf(since);
        if (end != null && !at.isBefore(end)) {
            return ContactReason.EXPIRED;
        }
        return policy.doubleOptIn() && !confirmed ? ContactReason.PENDING_CONFIRMATION : ContactReason.CONSENT_GIVEN;
    }
}
