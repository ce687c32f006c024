package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.ParkedEvent;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.OutboxStore.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules of {@link OutboxStore}; events come in through the ledger and customer stores. */
public abstract class OutboxStoreContract extends LedgerPortContract {
    private static final Instant LEASE = T0.plusSeconds(300);

    private final AccountId bob = new AccountId(ACME, nobody(), POINTS);

    /** A contract. */
    protected OutboxStoreContract() {}

    private OutboxStore outbox() {
        return crm().outbox();
    }

    // --- OS-1

    @Test
    public final void os_1_events_are_kept_if_and_only_if_their_command_is_committed() {
        events(ann, 1);
        rolledBack(() -> ledger().apply(ChangeDraft.earn(ledger().lock(ann).orElseThrow(), "x", T0, LotSpec.of(1))));
        assertThat(claim(T0)).hasSize(1);
    }

    @Test
    public final void os_1_events_not_yet_committed_are_claimed_by_nobody_else() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            ledger().apply(ChangeDraft.earn(ledger().open(ann), "x", T0, LotSpec.of(1)));
            assertThat(Race.result(race.start(() -> claim(T0)))).isEmpty();
            host.commit();
        }
        assertThat(claim(T0)).hasSize(1);
    }

    // --- OS-2, OS-3 order

    @Test
    public final void os_2_events_come_in_the_order_of_their_keys() {
        CustomerId registered = crm().newCustomer(ACME);
        events(new AccountId(ACME, registered, POINTS), 2);
        events(ann, 2);
        events(bob, 1);

        List<EventKey> keys = keys(claim(T0));

        assertThat(keys).isSorted().hasSize(6);
        assertThat(keys)
                .containsSubsequence(
                        new EventKey(registered, EventEnvelope.CUSTOMER, 1),
                        new EventKey(registered, EventEnvelope.WALLET, 1),
                        new EventKey(registered, EventEnvelope.WALLET, 2));
    }

    @Test
    public final void os_2_no_more_than_the_limit_and_from_the_heads_on() {
        events(ann, 3);
        events(bob, 3);

        assertThat(keys(claim(null, 4, T0, LEASE))).containsExactly(key(ann, 1), key(ann, 2), key(ann, 3), key(bob, 1));
    }

    @Test
    public final void os_2_only_customers_above_the_given_one() {
        events(ann, 1);
        events(bob, 1);

        assertThat(keys(claim(ann.customer(), 9, T0, LEASE))).containsExactly(key(bob, 1));
        assertThat(claim(bob.customer(), 9, T0, LEASE)).isEmpty();
    }

    @Test
    public final void os_2_events_of_another_tenant_are_not_claimed() {
        events(new AccountId(ZENITH, ann.customer(), POINTS), 2);

        assertThat(claim(T0)).isEmpty();
        assertThat(committed(() -> outbox().claim(ZENITH, new Claim(null, 9, T0, LEASE))))
                .hasSize(2);
    }

    @Test
    public final void os_3_nothing_overtakes_a_head_that_waits() {
        events(ann, 3);
        events(bob, 1);
        claim(T0);
        fail(key(ann, 1), 1, T1);
        delivered(key(bob, 1));

        assertThat(claim(T1.minusMillis(1))).isEmpty();
        assertThat(keys(claim(T1))).containsExactly(key(ann, 1), key(ann, 2), key(ann, 3));
    }

    @Test
    public final void os_3_nothing_overtakes_a_head_that_is_leased() {
        events(ann, 1);
        claim(T0);
        events(ann, 2);

        assertThat(claim(LEASE.minusMillis(1))).isEmpty();
    }

    // --- OS-4, OS-5 leases

    @Test
    public final void os_4_a_claim_rolled_back_leases_nothing() {
        events(ann, 2);

        rolledBack(() -> outbox().claim(ACME, new Claim(null, 9, T0, LEASE)));

        assertThat(claim(T0)).hasSize(2);
    }

    @Test
    public final void os_4_of_claims_at_the_same_time_at_most_one_gets_a_stream() {
        for (int i = 0; i < 20; i++) {
            events(new AccountId(ACME, nobody(), POINTS), 3);
        }

        List<Race.Attempt<List<Claimed>>> claims = Race.of(6, thread -> claim(null, 7, T0, LEASE));

        List<EventKey> all = claims.stream()
                .flatMap(attempt -> keys(attempt.orFail()).stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates().isNotEmpty();
        List<EventKey> heads = all.stream().filter(key -> key.seq() == 1).toList();
        assertThat(all).allMatch(key -> heads.contains(new EventKey(key.customer(), key.source(), 1)));
    }

    @Test
    public final void os_4_a_claim_not_yet_committed_keeps_others_from_its_streams() {
        events(ann, 2);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            outbox().claim(ACME, new Claim(null, 9, T0, LEASE));
            Future<List<Claimed>> other = race.start(() -> claim(T0));
            Race.waits(other);
            host.commit();

            assertThat(Race.result(other)).isEmpty();
        }
    }

    @Test
    public final void os_5_what_was_neither_delivered_nor_failed_is_claimed_again_when_the_lease_ends() {
        events(ann, 3);
        claim(T0);
        delivered(key(ann, 1));

        assertThat(keys(claim(LEASE))).containsExactly(key(ann, 2), key(ann, 3));
    }

    @Test
    public final void os_5_claiming_counts_as_no_try() {
        events(ann, 1);
        claim(T0);

        assertThat(claim(LEASE)).extracting(Claimed::tries).containsExactly(0);
    }

    // --- OS-6 delivered

    @Test
    public final void os_6_what_was_delivered_is_gone() {
        events(ann, 2);
        List<String> before = crm().dump();
        claim(T0);

        delivered(key(ann, 1), key(ann, 2));

        assertThat(claim(LEASE)).isEmpty();
        assertThat(crm().dump()).hasSize(before.size() - 2);
    }

    @Test
    public final void os_6_when_all_that_was_claimed_is_delivered_the_stream_goes_on() {
        events(ann, 5);
        claim(null, 2, T0, LEASE);

        delivered(key(ann, 1), key(ann, 2));

        assertThat(keys(claim(T0))).containsExactly(key(ann, 3), key(ann, 4), key(ann, 5));
    }

    @Test
    public final void os_6_what_is_gone_already_is_passed_over() {
        events(ann, 2);
        claim(T0);
        delivered(key(ann, 1));

        delivered(key(ann, 1), key(bob, 7), key(ann, 2));

        assertThat(claim(LEASE)).isEmpty();
    }

    @Test
    public final void os_6_a_delivery_rolled_back_removes_nothing() {
        events(ann, 2);
        claim(T0);
        List<String> before = crm().dump();

        rolledBack(() -> outbox().delivered(ACME, List.of(key(ann, 1))));

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void os_6_events_of_another_tenant_stay() {
        events(ann, 1);

        commit(() -> outbox().delivered(ZENITH, List.of(key(ann, 1))));

        assertThat(claim(T0)).hasSize(1);
    }

    // --- OS-7, OS-8 failed

    @Test
    public final void os_7_a_failed_event_waits_and_counts_its_tries() {
        events(ann, 1);
        claim(T0);
        fail(key(ann, 1), 3, T0.plusSeconds(10));

        assertThat(claim(T0.plusSeconds(10).minusMillis(1))).isEmpty();
        assertThat(claim(T0.plusSeconds(10))).extracting(Claimed::tries).containsExactly(3);
    }

    @Test
    public final void os_7_other_streams_go_on() {
        events(ann, 1);
        claim(T0);
        fail(key(ann, 1), 1, T1);
        events(bob, 1);

        assertThat(keys(claim(T0))).containsExactly(key(bob, 1));
    }

    @Test
    public final void os_7_a_failure_of_an_event_that_is_gone_is_passed_over() {
        events(ann, 1);
        claim(T0);
        delivered(key(ann, 1));

        fail(key(ann, 1), 1, T1);

        assertThat(claim(T2)).isEmpty();
    }

    @Test
    public final void os_8_a_parked_event_is_not_claimed_and_its_stream_goes_on() {
        events(ann, 3);
        claim(T0);
        park(key(ann, 1));

        assertThat(keys(claim(LEASE))).containsExactly(key(ann, 2), key(ann, 3));
        delivered(key(ann, 2), key(ann, 3));
        assertThat(claim(T2)).isEmpty();
    }

    // --- OS-9, OS-10 parked

    @Test
    public final void os_9_parked_events_are_listed_by_key_page_by_page() {
        events(ann, 3);
        events(bob, 2);
        events(new AccountId(ZENITH, ann.customer(), POINTS), 1);
        park(key(bob, 2), key(ann, 3), key(ann, 1));
        commit(() ->
                outbox().failed(ZENITH, List.of(new Failure(key(ann, 1), 8, null, "java.lang.IllegalStateException"))));

        List<ParkedEvent> all = new ArrayList<>();
        Page<ParkedEvent> page = outbox().parked(ACME, PageRequest.first(2));
        all.addAll(page.items());
        assertThat(page.items()).hasSize(2);
        all.addAll(outbox().parked(ACME, page.next(2).orElseThrow()).items());

        assertThat(all)
                .extracting(parked -> parked.event().key())
                .containsExactly(key(ann, 1), key(ann, 3), key(bob, 2));
        assertThat(all).allMatch(parked -> parked.tries() == 8 && parked.error().equals("java.io.IOException"));
        assertThat(all.get(0).event().data()).contains("points:standard");
    }

    @Test
    public final void os_9_without_parked_events_the_listing_is_empty() {
        events(ann, 1);
        claim(T0);
        fail(key(ann, 1), 1, T1);

        Page<ParkedEvent> page = outbox().parked(ACME, PageRequest.first(10));

        assertThat(page.items()).isEmpty();
        assertThat(page.cursor()).isNull();
    }

    @Test
    public final void os_10_a_parked_event_is_put_back_as_if_never_tried() {
        events(ann, 3);
        claim(T0);
        park(key(ann, 1));

        assertThat(committed(() -> outbox().release(ACME, key(ann, 1)))).isTrue();

        List<Claimed> again = claim(LEASE);
        assertThat(keys(again)).containsExactly(key(ann, 1), key(ann, 2), key(ann, 3));
        assertThat(again.get(0).tries()).isZero();
        assertThat(outbox().parked(ACME, PageRequest.first(9)).items()).isEmpty();
    }

    @Test
    public final void os_10_only_what_is_parked_is_put_back() {
        events(ann, 2);
        claim(T0);
        fail(key(ann, 1), 1, T1);

        assertThat(committed(() -> outbox().release(ACME, key(ann, 1)))).isFalse();
        assertThat(committed(() -> outbox().release(ACME, key(bob, 1)))).isFalse();
        park(key(ann, 2));
        assertThat(committed(() -> outbox().release(ZENITH, key(ann, 2)))).isFalse();

        assertThat(claim(T1.minusMillis(1))).as("the head still waits").isEmpty();
    }

    // --- given

    /** Books as many changes, each with an event. */
    private void events(AccountId id, int count) {
        for (int i = 0; i < count; i++) {
            commit(() -> {
                var account = ledger().open(id);
                ledger().apply(ChangeDraft.earn(account, "event" + account.seq(), T0, LotSpec.of(1)));
            });
        }
    }

    private List<Claimed> claim(Instant now) {
        return claim(null, 1000, now, now.isBefore(LEASE) ? LEASE : now.plusSeconds(300));
    }

    private List<Claimed> claim(@Nullable CustomerId after, int limit, Instant now, Instant until) {
        return committed(() -> outbox().claim(ACME, new Claim(after, limit, now, until)));
    }

    private void delivered(EventKey... keys) {
        commit(() -> outbox().delivered(ACME, List.of(keys)));
    }

    private void fail(EventKey key, int tries, Instant next) {
        commit(() -> outbox().failed(ACME, List.of(new Failure(key, tries, next, "java.io.IOException"))));
    }

    private void park(EventKey... keys) {
        for (EventKey key : keys) {
            commit(() -> outbox().failed(ACME, List.of(new Failure(key, 8, null, "java.io.IOException"))));
        }
    }

    private static EventKey key(AccountId id, long seq) {
        return new EventKey(id.customer(), EventEnvelope.WALLET, seq);
    }

    private static List<EventKey> keys(List<Claimed> claimed) {
        return claimed.stream().map(it -> it.event().key()).toList();
    }
}
