package dev.retailcrm.core.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConsentHistoryPropertyTest {
    private static final List<ConsentAct> HER_WORDS =
            List.of(ConsentAct.GIVEN, ConsentAct.CONFIRMED, ConsentAct.DENIED, ConsentAct.WITHDRAWN);

    @Property(tries = 100)
    void an_answer_holds_right_until_the_instant_it_names(
            @ForAll("histories") ConsentHistory history,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        Histories.instants().forEach(at -> {
            ContactAnswer answer = history.answer(scope, policy, at);
            Instant until = answer.validUntil().orElse(Instant.MAX);
            assertThat(Histories.instants()
                            .filter(then -> !then.isBefore(at) && then.isBefore(until))
                            .map(then -> history.answer(scope, policy, then).reason()))
                    .containsOnly(answer.reason());
            answer.validUntil()
                    .ifPresent(then -> assertThat(
                                    history.answer(scope, policy, then).reason())
                            .isNotEqualTo(answer.reason()));
        });
    }

    @Property
    void while_her_own_last_word_is_a_refusal_she_is_not_contacted(
            @ForAll("histories") ConsentHistory history,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        Histories.instants()
                .filter(at -> refusedHerself(history, scope, at))
                .forEach(at ->
                        assertThat(history.answer(scope, policy, at).allowed()).isFalse());
    }

    @Property
    void the_order_of_recording_does_not_matter(
            @ForAll("histories") ConsentHistory history,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy,
            @ForAll Random random) {
        // of each instant one proof: those of the same millisecond count in the order of recording
        Map<Instant, ConsentProof> byInstant = history.proofs().stream()
                .collect(Collectors.toMap(ConsentProof::occurredAt, proof -> proof, (first, second) -> first));
        List<ConsentProof> proofs = new ArrayList<>(byInstant.values());
        proofs.sort(Comparator.comparing(ConsentProof::occurredAt));
        ConsentHistory inOrder = Histories.numbered(proofs);
        Collections.shuffle(proofs, random);
        ConsentHistory late = Histories.numbered(proofs);

        Histories.instants()
                .forEach(at -> assertThat(late.answer(scope, policy, at)).isEqualTo(inOrder.answer(scope, policy, at)));
    }

    @Property
    void a_complaint_is_never_forgotten(
            @ForAll("histories") ConsentHistory history, @ForAll("policies") ConsentPolicy policy) {
        var scope = new ContactScope(Purpose.of("marketing"), Channel.SMS, List.of("t1"));
        var about = new ConsentScope(null, Channel.SMS, "t1");
        var complaint = Histories.proof(ConsentAct.COMPLAINED, about, false, Histories.T0, null);
        List<ConsentProof> proofs = new ArrayList<>(history.proofs());
        proofs.add(0, complaint);
        ConsentHistory blocked = Histories.numbered(proofs);

        Histories.instants()
                .filter(at -> !at.isBefore(Histories.T0))
                .forEach(at -> assertThat(blocked.answer(scope, policy, at))
                        .isEqualTo(new ContactAnswer(ContactReason.COMPLAINT, null)));
    }

    private static boolean refusedHerself(ConsentHistory history, ContactScope scope, Instant at) {
        return history.proofs().stream()
                .filter(proof -> proof.provenance().isHerOwn() && HER_WORDS.contains(proof.act()))
                .filter(proof -> scope.isMeantBy(proof) && !proof.occurredAt().isAfter(at))
                .max(Comparator.comparing(ConsentProof::occurredAt).thenComparing(ConsentProof::seq))
                .map(ConsentProof::act)
                .filter(act -> act == ConsentAct.DENIED || act == ConsentAct.WITHDRAWN)
                .isPresent();
    }

    @Provide
    Arbitrary<ConsentHistory> histories() {
        return Histories.any();
    }

    @Provide
    Arbitrary<ContactScope> scopes() {
        return Histories.scopes();
    }

    @Provide
    Arbitrary<ConsentPolicy> policies() {
        return Histories.policies();
    }
}
