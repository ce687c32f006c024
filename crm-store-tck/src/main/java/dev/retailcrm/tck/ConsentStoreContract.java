package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.Confirmation;
import dev.retailcrm.core.consent.ConsentAct;
import dev.retailcrm.core.consent.ConsentChanged;
import dev.retailcrm.core.consent.ConsentHistory;
import dev.retailcrm.core.consent.ConsentProof;
import dev.retailcrm.core.consent.ConsentScope;
import dev.retailcrm.core.consent.Origin;
import dev.retailcrm.core.consent.Provenance;
import dev.retailcrm.core.consent.Purpose;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ConsentChange;
import dev.retailcrm.core.spi.ConsentSnapshot;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link ConsentStore}. */
public abstract class ConsentStoreContract extends StoreContract {
    private static final Instant T1 = T0.plusMillis(1);
    private static final ConsentScope MARKETING = new ConsentScope(Purpose.of("marketing"), Channel.SMS, null);
    private static final Provenance BARE = new Provenance(null, "till", null, null);

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();

    /** A contract. */
    protected ConsentStoreContract() {}

    /** Registers two customers of one tenant. */
    @BeforeEach
    public final void registerTwo() {
        ann = crm().newCustomer(ACME);
        bob = crm().newCustomer(ACME);
    }

    private ConsentStore consents() {
        return crm().consents();
    }

    // --- CO-1 tenants

    @Test
    public final void co_1_nothing_of_another_tenant_is_found() {
        record(ACME, ann, "k");

        assertThat(consents().findAll(ZENITH, List.of(ann))).isEmpty();
        assertThat(committed(() -> consents().lock(ZENITH, ann))).isEmpty();
        assertThat(consents().proofs(ZENITH, ann, 0, 10)).isEmpty();
    }

    // --- CO-2, CO-3 find

    @Test
    public final void co_2_customers_are_found_with_what_was_recorded_and_without() {
        record(ACME, ann, "k1");
        record(ACME, ann, "k2");
        CustomerId zoe = crm().newCustomer(ZENITH);

        Map<CustomerId, ConsentSnapshot> found = consents().findAll(ACME, List.of(ann, bob, zoe, nobody()));

        assertThat(found).containsOnlyKeys(ann, bob).containsEntry(bob, ConsentSnapshot.none(ACME, bob));
        assertThat(found.get(ann))
                .isEqualTo(new ConsentSnapshot(
                        ACME,
                        ann,
                        CustomerStatus.ACTIVE,
                        2,
                        2,
                        new ConsentHistory(List.of(proof(1, MARKETING), proof(2, MARKETING)))));
        assertThat(consents().findAll(ACME, List.of())).isEmpty();
    }

    @Test
    public final void co_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            record(ACME, ann, "k");

            assertThat(found(ann).lastSeq()).isEqualTo(1);
            assertThat(Race.result(race.start(() -> found(ann)))).isEqualTo(ConsentSnapshot.none(ACME, ann));
            host.rollback();
        }
        assertThat(found(ann)).isEqualTo(ConsentSnapshot.none(ACME, ann));
    }

    @Test
    public final void co_3_a_thousand_customers_are_found_at_once() {
        record(ACME, ann, "k");
        List<CustomerId> asked =
                new ArrayList<>(IntStream.range(0, 998).mapToObj(i -> nobody()).toList());
        asked.add(0, ann);
        asked.add(bob);

        assertThat(consents().findAll(ACME, asked)).containsOnlyKeys(ann, bob);
    }

    // --- CO-4 lock

    @Test
    public final void co_4_an_unknown_customer_is_not_locked() {
        assertThat(committed(() -> consents().lock(ACME, nobody()))).isEmpty();
        assertThat(committed(() -> consents().lock(ACME, ann))).contains(ConsentSnapshot.none(ACME, ann));
    }

    @Test
    public final void co_4_a_lock_that_waited_returns_what_the_holder_left() {
        record(ACME, ann, "k1");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            consents().lock(ACME, ann);
            Future<Optional<ConsentSnapshot>> second = race.start(() -> committed(() -> {
                consents().findAll(ACME, List.of(ann));
                return consents().lock(ACME, ann);
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            record(ACME, ann, "k2");
            host.commit();

            assertThat(Race.result(second).orElseThrow().history().proofs()).hasSize(2);
        }
    }

    @Test
    public final void co_4_no_proof_is_lost_among_many_threads() {
        Race.of(8, thread -> record(ACME, ann, "t" + thread)).forEach(Race.Attempt::orFail);

        assertThat(found(ann).history().proofs())
                .extracting(ConsentProof::seq)
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        assertThat(events()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    // --- CO-5, CO-6, CO-7 apply

    @Test
    public final void co_5_a_key_booked_for_the_customer_is_not_booked_again() {
        record(ACME, ann, "k");
        List<String> before = crm().dump();

        assertThat(record(ACME, ann, "k")).isFalse();
        assertThat(crm().dump()).isEqualTo(before);
        assertThat(record(ACME, bob, "k")).isTrue();
    }

    @Test
    public final void co_5_a_key_that_is_known_does_not_harm_the_hosts_transaction() {
        record(ACME, ann, "k");
        try (HostTransaction host = crm().begin()) {
            assertThat(record(ACME, ann, "k")).isFalse();
            assertThat(record(ACME, ann, "k2")).isTrue();
            host.commit();
        }
        assertThat(found(ann).lastSeq()).isEqualTo(2);
    }

    @Test
    public final void co_6_what_is_rolled_back_leaves_nothing() {
        List<String> before = crm().dump();

        rolledBack(() -> record(ACME, ann, "k"));

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(record(ACME, ann, "k")).isTrue();
    }

    @Test
    public final void co_6_proof_key_and_event_are_kept_together() {
        record(ACME, ann, "k");

        assertThat(crm().requests().find(ACME, ann, RequestKey.of("k"))).contains(new Booked(7, "consent#1"));
        assertThat(events()).containsExactly(1L);
        assertThat(found(ann).history().proofs()).hasSize(1);
    }

    @Test
    public final void co_7_a_proof_is_kept_as_it_was_given() {
        var scope = new ConsentScope(Purpose.of("z".repeat(32)), Channel.MINI_PROGRAM, "aB'\"%_\\ " + "x".repeat(56));
        var provenance = new Provenance(StaffId.of("x".repeat(40)), "y".repeat(40), "z".repeat(40), "e".repeat(120));
        var rich = new ConsentProof(
                1,
                ConsentAct.REQUESTED,
                scope,
                provenance,
                Instant.EPOCH,
                T1,
                new Confirmation("f".repeat(64), Instant.parse("9999-12-31T00:00:00Z")),
                IntStream.rangeClosed(1, ConsentProof.MAX_ORIGINS)
                        .mapToObj(i -> new Origin(CustomerId.of(Long.MAX_VALUE - i), Long.MAX_VALUE))
                        .toList());
        var bounce = new ConsentProof(
                2,
                ConsentAct.BOUNCE_LIFTED,
                new ConsentScope(null, Channel.E_MAIL, "AB"),
                BARE,
                T1,
                T0,
                null,
                List.of());

        record(ACME, ann, "k1", rich);
        record(ACME, ann, "k2", bounce);

        assertThat(found(ann).history().proofs()).containsExactly(rich, bounce);
        assertThat(consents().proofs(ACME, ann, 0, 10)).containsExactly(rich, bounce);
    }

    @Test
    public final void co_7_keys_that_differ_in_case_or_blanks_differ() {
        for (String key : List.of("k1", "K1", "k1 ", " k1")) {
            assertThat(record(ACME, ann, key)).as("'%s'", key).isTrue();
        }
        assertThat(found(ann).lastSeq()).isEqualTo(4);
    }

    // --- CO-8 proofs

    @Test
    public final void co_8_proofs_are_listed_by_number_from_any_number_on() {
        IntStream.range(0, 12).forEach(i -> record(ACME, ann, "k" + i));

        assertThat(numbers(0, 5)).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(numbers(5, 100)).containsExactly(6L, 7L, 8L, 9L, 10L, 11L, 12L);
        assertThat(numbers(12, 5)).isEmpty();
        assertThat(consents().proofs(ACME, nobody(), 0, 5)).isEmpty();
    }

    // --- given

    @Test
    public final void co_10_addresses_tokens_and_evidence_are_emptied_and_nothing_else() {
        var asked = new ConsentProof(
                1,
                ConsentAct.REQUESTED,
                new ConsentScope(Purpose.of("p"), Channel.SMS, "token"),
                new Provenance(null, "web", "v1", "scan/17"),
                T0,
                T1,
                new Confirmation("f".repeat(64), T1),
                List.of());
        ConsentProof bare = proof(2, new ConsentScope(Purpose.of("p"), Channel.SMS, null));
        record(ACME, ann, "k1", asked);
        record(ACME, ann, "k2", bare);

        assertThat(forgotten()).isEqualTo(1);
        assertThat(forgotten()).isZero();

        assertThat(found(ann).history().proofs()).containsExactly(asked.withoutAddress(), bare);
        assertThat(asked.withoutAddress().scope().address()).isEqualTo(ConsentProof.ERASED);
        assertThat(asked.withoutAddress().provenance()).isEqualTo(new Provenance(null, "web", "v1", null));
    }

    private int forgotten() {
        return committed(() -> {
            consents().lock(ACME, ann);
            return consents().forgetAddresses(ACME, ann);
        });
    }

    private List<Long> numbers(long after, int limit) {
        return consents().proofs(ACME, ann, after, limit).stream()
                .map(ConsentProof::seq)
                .toList();
    }

    private ConsentSnapshot found(CustomerId customer) {
        return Objects.requireNonNull(
                consents().findAll(ACME, List.of(customer)).get(customer), "not found");
    }

    private static ConsentProof proof(long seq, ConsentScope scope) {
        return new ConsentProof(seq, ConsentAct.GIVEN, scope, BARE, T0, T1, null, List.of());
    }

    private boolean record(TenantId tenant, CustomerId customer, String key) {
        return committed(() -> {
            ConsentSnapshot now = consents().lock(tenant, customer).orElseThrow();
            return consents().apply(change(now, proof(now.lastSeq() + 1, MARKETING), key));
        });
    }

    private void record(TenantId tenant, CustomerId customer, String key, ConsentProof proof) {
        commit(() -> {
            ConsentSnapshot now = consents().lock(tenant, customer).orElseThrow();
            assertThat(consents().apply(change(now, proof, key))).isTrue();
        });
    }

    private static ConsentChange change(ConsentSnapshot now, ConsentProof proof, String key) {
        var event = EventEnvelope.of(
                now.tenant(), EventEnvelope.CONSENT, now.eventSeq() + 1, new ConsentChanged(now.customer(), proof));
        return new ConsentChange(
                now.tenant(),
                now.customer(),
                proof,
                event,
                RequestKey.of(key),
                new Booked(7, "consent#" + proof.seq()));
    }

    /** The numbers of Ann's events about consent that were not delivered. */
    private List<Long> events() {
        return committed(() -> crm().outbox().claim(ACME, new Claim(null, 100, T1, T1.plusMillis(1)))).stream()
                .map(claimed -> claimed.event())
                .filter(event -> event.customer().equals(ann) && event.source().equals(EventEnvelope.CONSENT))
                .map(EventEnvelope::seq)
                .toList();
    }
}
