package dev.retailcrm.core.consent;

import dev.retailcrm.core.kernel.StaffId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.arbitraries.ListArbitrary;
import org.jspecify.annotations.Nullable;

/** Random histories in a small world, where everything meets: two purposes, two addresses, twenty seconds. */
final class Histories {
    static final Instant T0 = Instant.parse("2026-03-01T09:00:00Z");
    static final int LAST_SECOND = 20;

    private static final List<String> HASHES = List.of("f".repeat(64), "0".repeat(64));

    private Histories() {}

    static Instant second(int number) {
        return T0.plusSeconds(number);
    }

    /** Every instant at which something can happen or end, and those beside. */
    static Stream<Instant> instants() {
        return IntStream.rangeClosed(-1, 4 * LAST_SECOND)
                .boxed()
                .flatMap(i -> Stream.of(second(i), second(i).minusMillis(1)));
    }

    static Arbitrary<ConsentHistory> any() {
        return proofs().map(Histories::numbered).withoutEdgeCases();
    }

    static Arbitrary<ContactScope> scopes() {
        return Combinators.combine(
                        Arbitraries.of("marketing", "receipts"),
                        Arbitraries.of("", "t1", "t2 t1").map(Histories::tokens))
                .as((purpose, address) -> new ContactScope(Purpose.of(purpose), Channel.SMS, address));
    }

    private static List<String> tokens(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }

    static Arbitrary<ConsentPolicy> policies() {
        return Arbitraries.of(
                ConsentPolicy.optIn(),
                ConsentPolicy.optOut(),
                ConsentPolicy.optIn().lasting(Duration.ofSeconds(7)),
                ConsentPolicy.optIn().lasting(Duration.ofSeconds(30)).confirmed());
    }

    static ListArbitrary<ConsentProof> proofs() {
        Arbitrary<ConsentProof> proof = Combinators.combine(
                        Arbitraries.of(ConsentAct.class),
                        Arbitraries.of("marketing", "receipts"),
                        Arbitraries.of("", "t1", "t2"),
                        Arbitraries.of(true, false),
                        Arbitraries.integers().between(0, LAST_SECOND),
                        Arbitraries.of(HASHES))
                .as(Histories::proof);
        return proof.withoutEdgeCases().list().ofMaxSize(9);
    }

    private static ConsentProof proof(
            ConsentAct act, String purpose, String address, boolean own, int second, String hash) {
        boolean byHerself = own || act == ConsentAct.CONFIRMED;
        String token = address.isEmpty() ? null : address;
        ConsentScope scope = act.isAboutAddress()
                ? new ConsentScope(null, Channel.SMS, token == null ? "t1" : token)
                : new ConsentScope(Purpose.of(purpose), Channel.SMS, token);
        return proof(act, scope, byHerself, second(second), hash);
    }

    static ConsentProof proof(
            ConsentAct act, ConsentScope scope, boolean byHerself, Instant at, @Nullable String hash) {
        return new ConsentProof(
                1,
                act,
                scope,
                new Provenance(byHerself ? null : StaffId.of("kim"), "till", null, null),
                at,
                at,
                act.isByToken() && hash != null ? new Confirmation(hash, at.plusSeconds(5)) : null,
                List.of());
    }

    /** A history of these, recorded in this order. */
    static ConsentHistory numbered(List<ConsentProof> proofs) {
        return and(ConsentHistory.EMPTY, proofs);
    }

    /** The history after these were recorded, in this order. */
    static ConsentHistory and(ConsentHistory before, List<ConsentProof> proofs) {
        List<ConsentProof> all = new ArrayList<>(before.proofs());
        for (ConsentProof proof : proofs) {
            all.add(proof.moved(last(new ConsentHistory(all)) + 1, List.of()));
        }
        return new ConsentHistory(all);
    }

    static long last(ConsentHistory history) {
        var proofs = history.proofs();
        return proofs.isEmpty() ? 0 : proofs.get(proofs.size() - 1).seq();
    }
}
