package dev.retailcrm.core.consent;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The consent of a customer. Its commands return decisions and write nothing. Immutable. */
final class ConsentFile {
    private final ConsentSnapshot state;
    private final List<ConsentLine> lines;

    ConsentFile(ConsentSnapshot state) {
        this.state = state;
        this.lines = state.history().lines();
    }

    /** She may be contacted. */
    ConsentChange give(ContactScope topic, ConsentRequest request) {
        requireNoRefusalOfHerOwn(topic, request);
        return record(ConsentAct.GIVEN, scope(topic), null, request);
    }

    /** She said no, or took it back. */
    ConsentChange refuse(ConsentAct refusal, ContactScope topic, ConsentRequest request) {
        return record(refusal, scope(topic), null, request);
    }

    /** She does not want it any more: takes a consent back that stands, else says no. */
    ConsentChange optOut(ContactScope topic, ConsentRequest request) {
        boolean given = lines.stream()
                .anyMatch(line -> line.standing(topic, request.occurredAt()).isGiven());
        return refuse(given ? ConsentAct.WITHDRAWN : ConsentAct.DENIED, topic, request);
    }

    /** Asks her to confirm. A question that was open is replaced. */
    ConsentChange ask(ContactScope topic, String tokenHash, Instant expiresAt, ConsentRequest request) {
        requireNoRefusalOfHerOwn(topic, request);
        return record(ConsentAct.REQUESTED, scope(topic), new Confirmation(tokenHash, expiresAt), request);
    }

    /** She confirmed. */
    ConsentChange confirm(String tokenHash, ConsentRequest request) {
        ConsentProof asked = find(ConsentAct.REQUESTED, tokenHash);
        Confirmation confirmation = asked == null ? null : asked.confirmation();
        if (asked == null || confirmation == null) {
            throw CoreError.UNKNOWN_CONFIRMATION.because("no double opt-in was asked with this token");
        }
        Instant at = request.occurredAt();
        if (find(ConsentAct.CONFIRMED, tokenHash) != null) {
            throw ended("CONFIRMED");
        }
        if (!at.isBefore(confirmation.expiresAt())) {
            throw ended("EXPIRED");
        }
        if (at.isBefore(asked.occurredAt())) {
            throw CoreError.INVALID_VALUE.because("a confirmation cannot happen before the question");
        }
        if (lines.stream()
                .noneMatch(line -> line.standing(topic(asked.scope()), at).isAsked(tokenHash))) {
            throw ended("REPLACED");
        }
        return record(ConsentAct.CONFIRMED, asked.scope(), confirmation, request);
    }

    /** Something about an address as such; a bounce is lifted only where one stands. */
    ConsentChange note(ConsentAct act, Channel channel, List<String> address, ConsentRequest request) {
        ConsentScope about = new ConsentScope(null, channel, address.get(0));
        if (act == ConsentAct.BOUNCE_LIFTED && !bounces(channel, address, request.occurredAt())) {
            throw CoreError.NO_BOUNCE.because("no bounce of this address stands");
        }
        return record(act, about, null, request);
    }

    private boolean bounces(Channel channel, List<String> address, Instant at) {
        return lines.stream().anyMatch(line -> line.block(channel, address, at) == ContactReason.HARD_BOUNCE);
    }

    private void requireNoRefusalOfHerOwn(ContactScope topic, ConsentRequest request) {
        if (request.provenance().isHerOwn()) {
            return;
        }
        if (lines.stream()
                .anyMatch(line -> line.standing(topic, request.occurredAt()).own())) {
            throw CoreError.OWN_REFUSAL_STANDS.because("the customer refused herself; only she can take that back");
        }
    }

    private @Nullable ConsentProof find(ConsentAct act, String tokenHash) {
        for (ConsentProof proof : state.history().proofs()) {
            Confirmation confirmation = proof.confirmation();
            if (proof.act() == act
                    && confirmation != null
                    && confirmation.tokenHash().equals(tokenHash)) {
                return proof;
            }
        }
        return null;
    }

    private ConsentChange record(
            ConsentAct act, ConsentScope scope, @Nullable Confirmation confirmation, ConsentRequest request) {
        var proof = new ConsentProof(
                state.lastSeq() + 1,
                act,
                scope,
                request.provenance(),
                request.occurredAt(),
                request.recordedAt(),
                confirmation,
                List.of());
        var happened = new ConsentChanged(state.customer(), proof);
        var event = EventEnvelope.of(state.tenant(), EventEnvelope.CONSENT, state.eventSeq() + 1, happened);
        return new ConsentChange(
                state.tenant(), state.customer(), proof, event, request.key(), request.booked(proof.seq()));
    }

    /** What a word about this topic is stored as. */
    private static ConsentScope scope(ContactScope topic) {
        List<String> addresses = topic.addresses();
        return new ConsentScope(topic.purpose(), topic.channel(), addresses.isEmpty() ? null : addresses.get(0));
    }

    private static ContactScope topic(ConsentScope scope) {
        Purpose purpose = scope.purpose();
        if (purpose == null) {
            throw new IllegalStateException("a word has a purpose");
        }
        return new ContactScope(
                purpose, scope.channel(), scope.address() == null ? List.of() : List.of(scope.address()));
    }

    private static CrmException ended(String state) {
        return CoreError.CONFIRMATION_ENDED.with(Map.of("state", state), "the question was %s", state);
    }
}
