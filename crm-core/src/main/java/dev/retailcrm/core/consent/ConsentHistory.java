package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * All proofs of a customer, and what follows from them at any instant. Proofs count in the order in which they happened; of several that
 * happened in the same millisecond, in the order in which they were recorded. Immutable.
 *
 * @param proofs ascending by number
 */
public record ConsentHistory(List<ConsentProof> proofs) {
    /** A history without proofs. */
    public static final ConsentHistory EMPTY = new ConsentHistory(List.of());

    /** Copies the list; refuses numbers that do not ascend with {@link CoreError#INVALID_VALUE}. */
    public ConsentHistory {
        proofs = List.copyOf(proofs);
        long last = 0;
        for (ConsentProof proof : proofs) {
            if (proof.seq() <= last) {
                throw CoreError.INVALID_VALUE.because("proofs must ascend by number");
            }
            last = proof.seq();
        }
    }

    /**
     * Whether the customer may be contacted. The word about one address and the word about all of the channel count alike: the last one
     * does. Where no address is named, only words about all of the channel count. Of customers who were merged, each who had a say must
     * allow it.
     *
     * @param at any instant, past or to come
     */
    public ContactAnswer answer(ContactScope scope, ConsentPolicy policy, Instant at) {
        List<ConsentLine> lines = lines();
        ContactReason now = reason(lines, scope, policy, at);
        Instant until = turns(scope, policy)
                .filter(turn -> turn.isAfter(at))
                .sorted()
                .filter(turn -> reason(lines, scope, policy, turn) != now)
                .findFirst()
                .orElse(null);
        return new ContactAnswer(now, until);
    }

    /**
     * This history after another customer was merged into this one: every proof of both, hers numbered after ours and marked with where
     * they came from. No answer is more permissive than that of either who had a say; whatever is recorded from here on counts for both.
     *
     * @param last the last number that was given in this history, at least that of the last proof
     * @throws CrmException {@link CoreError#INVALID_VALUE} if a proof has gone through {@link ConsentProof#MAX_ORIGINS} merges already
     */
    public ConsentHistory absorb(CustomerId other, ConsentHistory hers, long last) {
        Check.present(other, "customer");
        List<ConsentProof> all = new ArrayList<>(proofs);
        long seq = last;
        for (ConsentProof proof : hers.proofs) {
            var origins = Stream.concat(proof.origins().stream(), Stream.of(new Origin(other, proof.seq())));
            all.add(proof.moved(++seq, origins.toList()));
        }
        return new ConsentHistory(all);
    }

    /** The history of a customer who was merged into this one, exactly as it was; without proofs if there was none. */
    public ConsentHistory cameFrom(CustomerId other) {
        return new ConsentHistory(proofs.stream()
                .filter(proof -> isFrom(other, proof))
                .map(ConsentLine::back)
                .toList());
    }

    /** This history without that of a customer who was merged into this one. What was recorded since stays here. */
    public ConsentHistory without(CustomerId other) {
        return new ConsentHistory(
                proofs.stream().filter(proof -> !isFrom(other, proof)).toList());
    }

    List<ConsentLine> lines() {
        return ConsentLine.of(proofs);
    }

    private static boolean isFrom(CustomerId other, ConsentProof proof) {
        return !proof.origins().isEmpty() && ConsentLine.last(proof).customer().equals(other);
    }

    private static ContactReason reason(List<ConsentLine> lines, ContactScope scope, ConsentPolicy policy, Instant at) {
        ContactReason words = lines.stream()
                .filter(line -> line.hasSay(scope, at))
                .map(line -> line.standing(scope, at).under(policy, at))
                .reduce(ContactReason::or)
                .orElseGet(() -> Standing.SILENT.under(policy, at));
        return lines.stream()
                .map(line -> line.block(scope.channel(), scope.addresses(), at))
                .reduce(words, ContactReason::or);
    }

    /** The instants at which time alone may change the reason. */
    private Stream<Instant> turns(ContactScope scope, ConsentPolicy policy) {
        return proofs.stream()
                .filter(proof -> scope.isMeantBy(proof) || proof.isAbout(scope.channel(), scope.addresses()))
                .flatMap(proof -> Stream.of(
                        proof.occurredAt(),
                        policy.endOf(proof.occurredAt()),
                        proof.confirmation() == null
                                ? null
                                : proof.confirmation().expiresAt()))
                .filter(Objects::nonNull);
    }
}
