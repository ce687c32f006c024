package dev.retailcrm.core.consent;

import static dev.retailcrm.core.consent.Histories.last;
import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ConsentMergePropertyTest {
    private static final CustomerId BOB = CustomerId.of(2);
    private static final CustomerId CID = CustomerId.of(3);

    @Property
    void a_merge_allows_nothing_that_either_who_had_a_say_refuses(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        ConsentHistory merged = ann.absorb(BOB, bob, last(ann));

        Histories.instants().forEach(at -> {
            ContactReason together = merged.answer(scope, policy, at).reason();
            Stream.of(ann, bob)
                    .filter(each -> hasSay(each, scope, at))
                    .forEach(each -> assertThat(together)
                            .isGreaterThanOrEqualTo(
                                    each.answer(scope, policy, at).reason()));
        });
    }

    @Property
    void a_merge_answers_as_the_most_restrictive_of_those_who_had_a_say(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        ConsentHistory merged = ann.absorb(BOB, bob, last(ann));

        Histories.instants()
                .filter(at -> hasSay(ann, scope, at) && hasSay(bob, scope, at))
                .forEach(at -> assertThat(merged.answer(scope, policy, at).reason())
                        .isEqualTo(ann.answer(scope, policy, at)
                                .reason()
                                .or(bob.answer(scope, policy, at).reason())));
    }

    @Property
    void who_had_no_say_restricts_nothing(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        ConsentHistory words = new ConsentHistory(bob.proofs().stream()
                .filter(proof -> !proof.act().isAboutAddress())
                .toList());
        ConsentHistory merged = ann.absorb(BOB, words, last(ann));

        Histories.instants()
                .filter(at -> !hasSay(words, scope, at))
                .forEach(at -> assertThat(merged.answer(scope, policy, at).reason())
                        .isEqualTo(ann.answer(scope, policy, at).reason()));
    }

    @Property
    void a_merge_does_not_depend_on_who_survives(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        ConsentHistory one = ann.absorb(BOB, bob, last(ann));
        ConsentHistory other = bob.absorb(CID, ann, last(bob));

        Histories.instants()
                .forEach(at -> assertThat(one.answer(scope, policy, at)).isEqualTo(other.answer(scope, policy, at)));
    }

    @Property
    void undoing_a_merge_restores_both_exactly(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("histories") ConsentHistory since) {
        ConsentHistory merged = ann.absorb(BOB, bob, last(ann) + 3);

        assertThat(merged.proofs()).hasSize(ann.proofs().size() + bob.proofs().size());
        assertThat(merged.cameFrom(BOB)).isEqualTo(bob);
        assertThat(merged.without(BOB)).isEqualTo(ann);

        ConsentHistory later = Histories.and(merged, since.proofs());
        assertThat(later.cameFrom(BOB)).isEqualTo(bob);
        assertThat(later.without(BOB).proofs())
                .hasSize(ann.proofs().size() + since.proofs().size());
    }

    @Property
    void merges_of_merges_keep_every_say_and_are_undone_one_by_one(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("histories") ConsentHistory cid,
            @ForAll("scopes") ContactScope scope,
            @ForAll("policies") ConsentPolicy policy) {
        ConsentHistory couple = bob.absorb(CID, cid, last(bob));
        ConsentHistory all = ann.absorb(BOB, couple, last(ann));

        assertThat(all.cameFrom(BOB)).isEqualTo(couple);
        assertThat(all.cameFrom(BOB).cameFrom(CID)).isEqualTo(cid);
        Histories.instants()
                .forEach(at -> Stream.of(ann, bob, cid)
                        .filter(each -> hasSay(each, scope, at))
                        .forEach(
                                each -> assertThat(all.answer(scope, policy, at).reason())
                                        .isGreaterThanOrEqualTo(
                                                each.answer(scope, policy, at).reason())));
    }

    @Property
    void what_she_says_after_a_merge_counts_for_all(
            @ForAll("histories") ConsentHistory ann,
            @ForAll("histories") ConsentHistory bob,
            @ForAll("histories") ConsentHistory cid) {
        ConsentHistory couple = bob.absorb(CID, cid, last(bob));
        ConsentHistory merged = ann.absorb(BOB, couple, last(ann));
        var marketing = new ConsentScope(Purpose.of("marketing"), Channel.SMS, null);
        Instant later = Histories.second(Histories.LAST_SECOND + 1);
        var word = Histories.proof(ConsentAct.GIVEN, marketing, true, later, null);
        var scope = new ContactScope(Purpose.of("marketing"), Channel.SMS, List.of());

        assertThat(Histories.and(merged, List.of(word))
                        .answer(scope, ConsentPolicy.optIn(), later)
                        .reason())
                .isEqualTo(ContactReason.CONSENT_GIVEN);
    }

    /** Whether anything about this was said, asked or noted by then. */
    private static boolean hasSay(ConsentHistory history, ContactScope scope, Instant at) {
        return history.proofs().stream()
                .filter(proof -> !proof.occurredAt().isAfter(at))
                .filter(proof -> !proof.act().isAboutAddress())
                .filter(proof -> scope.purpose().equals(proof.scope().purpose()))
                .anyMatch(proof -> proof.scope().address() == null
                        || scope.addresses().contains(proof.scope().address()));
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
