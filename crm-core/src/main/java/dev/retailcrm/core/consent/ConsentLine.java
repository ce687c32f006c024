package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What one of the customers who were merged into one said, and what was said since for all of them. A customer who was never merged is one
 * line. Immutable.
 *
 * @param own what was recorded for her, in the order of recording
 * @param since what was recorded after she was merged, in that order
 */
record ConsentLine(List<ConsentProof> own, List<ConsentProof> since) {
    private static final Comparator<ConsentProof> AS_IT_HAPPENED = Comparator.comparing(ConsentProof::occurredAt);

    /** The lines of a history, of its own first. */
    static List<ConsentLine> of(List<ConsentProof> history) {
        List<ConsentProof> own = new ArrayList<>();
        Map<CustomerId, List<ConsentProof>> merged = new LinkedHashMap<>();
        for (ConsentProof proof : history) {
            if (proof.origins().isEmpty()) {
                own.add(proof);
            } else {
                merged.computeIfAbsent(last(proof).customer(), first -> new ArrayList<>())
                        .add(proof);
            }
        }
        List<ConsentLine> lines = new ArrayList<>();
        lines.add(new ConsentLine(own, List.of()));
        for (List<ConsentProof> proofs : merged.values()) {
            long end = proofs.get(proofs.size() - 1).seq();
            List<ConsentProof> since =
                    own.stream().filter(proof -> proof.seq() > end).toList();
            of(proofs.stream().map(ConsentLine::back).toList()).forEach(line -> lines.add(line.and(since)));
        }
        return lines;
    }

    static Origin last(ConsentProof proof) {
        return proof.origins().get(proof.origins().size() - 1);
    }

    /** The proof as it was before the last merge. */
    static ConsentProof back(ConsentProof proof) {
        List<Origin> origins = proof.origins();
        return proof.moved(last(proof).seq(), origins.subList(0, origins.size() - 1));
    }

    private ConsentLine and(List<ConsentProof> later) {
        return new ConsentLine(
                own, Stream.concat(since.stream(), later.stream()).toList());
    }

    /** Whether she had said anything about this, or was asked, before she was merged. */
    boolean hasSay(ContactScope scope, Instant at) {
        return own.stream().anyMatch(proof -> proof.isKnownAt(at) && scope.isMeantBy(proof));
    }

    Standing standing(ContactScope scope, Instant at) {
        Standing standing = Standing.SILENT;
        for (ConsentProof proof : asItHappened(at)) {
            if (scope.isMeantBy(proof)) {
                standing = standing.then(proof);
            }
        }
        return standing;
    }

    /** What is wrong with the address as such; the most permissive reason if nothing is. */
    ContactReason block(Channel channel, List<String> address, Instant at) {
        ContactReason block = ContactReason.CONSENT_GIVEN;
        for (ConsentProof proof : asItHappened(at)) {
            if (proof.isAbout(channel, address) && block != ContactReason.COMPLAINT) {
                block = switch (proof.act()) {
                    case COMPLAINED -> ContactReason.COMPLAINT;
                    case BOUNCED -> ContactReason.HARD_BOUNCE;
                    default -> ContactReason.CONSENT_GIVEN;
                };
            }
        }
        return block;
    }

    private List<ConsentProof> asItHappened(Instant at) {
        return Stream.concat(own.stream(), since.stream())
                .filter(proof -> proof.isKnownAt(at))
                .sorted(AS_IT_HAPPENED)
                .toList();
    }
}
