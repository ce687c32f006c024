package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.GiftCardBatch;
import dev.retailcrm.assets.spi.GiftCardChange;
import dev.retailcrm.assets.spi.GiftCardSnapshot;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.GiftCardStore.Issued;
import dev.retailcrm.assets.stored.GiftCardEvent;
import dev.retailcrm.assets.stored.GiftCardEvent.What;
import dev.retailcrm.assets.stored.GiftCardState;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** The rules of {@link GiftCardStore}. */
public abstract class GiftCardStoreContract extends StoreContract {
    private static final Money FACE = Money.ofMinor(CurrencyUnit.of("CNY"), 10_000);
    private static final Instant T1 = T0.plus(Duration.ofMillis(1));
    private static final Booked BOOKED = new Booked(Long.MIN_VALUE, "gift-card#2");

    /** Moves on, so that what one look leased is free for the next. */
    private Instant claimedAt = T1;

    /** A contract. */
    protected GiftCardStoreContract() {}

    private GiftCardStore cards() {
        return crm().giftCards();
    }

    // --- GC-1 tenants

    @Test
    public final void gc_1_another_tenant_finds_nothing() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        assertThat(find(ZENITH, card.id())).isEmpty();
        assertThat(committed(() -> cards().lock(ZENITH, card.id()))).isEmpty();
        assertThat(cardOf(ZENITH, card.codeHash())).isEmpty();
        assertThat(batchOf(ZENITH, "k")).isEmpty();
        assertThat(inBatch(ZENITH, card.batch(), 0, 10)).isEmpty();
        assertThat(existing(ZENITH, card.id())).isEmpty();
    }

    @Test
    public final void gc_1_another_tenant_may_have_the_same_hash_and_key() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot other = issued(batch(ZENITH, "k", "a"));

        assertThat(cardOf(ACME, card.codeHash())).contains(card.id());
        assertThat(cardOf(ZENITH, card.codeHash())).contains(other.id());
    }

    // --- GC-2 find

    @Test
    public final void gc_2_find_returns_the_card_as_it_was_written() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot bound = card.bound(nobody(), T1);
        GiftCardSnapshot active = bound.activated(T1);
        GiftCardSnapshot blocked = active.in(GiftCardState.BLOCKED, T1);

        commit(() -> change(card, bound, "k2"));
        commit(() -> change(bound, active, "k3"));
        commit(() -> change(active, blocked, "k4"));

        assertThat(find(ACME, card.id())).contains(blocked);
    }

    @Test
    public final void gc_2_find_sees_what_this_transaction_wrote_and_nobody_else_does() {
        GiftCardBatch batch = batch(ACME, "k", "a");
        CustomerId id = batch.cards().get(0).id();
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            cards().issue(batch);

            assertThat(cards().find(ACME, id)).contains(batch.cards().get(0));
            assertThat(Race.result(race.start(() -> find(ACME, id)))).isEmpty();
            host.rollback();
        }
    }

    @Test
    public final void gc_2_an_unknown_card_is_not_found() {
        assertThat(find(ACME, nobody())).isEmpty();
    }

    // --- GC-3 lock

    @Test
    public final void gc_3_a_lock_that_waited_returns_what_the_holder_left() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot active = card.activated(T1);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            cards().lock(ACME, card.id());
            Future<Optional<GiftCardSnapshot>> second = race.start(() -> locked(card));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            change(card, active, "k2");
            host.commit();

            assertThat(Race.result(second)).contains(active);
        }
    }

    @Test
    public final void gc_3_cards_are_locked_one_by_one() {
        GiftCardSnapshot card = issued(batch(ACME, "k1", "a"));
        GiftCardSnapshot other = issued(batch(ACME, "k2", "b"));
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            cards().lock(ACME, card.id());

            assertThat(Race.result(race.start(() -> locked(other)))).contains(other);
            host.rollback();
        }
    }

    @Test
    public final void gc_3_an_unknown_card_is_not_locked() {
        assertThat(committed(() -> cards().lock(ACME, nobody()))).isEmpty();
    }

    @Test
    public final void gc_3_a_transaction_that_has_read_before_locks_the_card_as_it_is_now() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot active = card.activated(T1);
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            cards().find(ACME, card.id());
            Race.result(race.start(() -> {
                commit(() -> change(card, active, "k2"));
                return true;
            }));

            assertThat(cards().lock(ACME, card.id())).contains(active);
            host.rollback();
        }
    }

    // --- GC-4 codes

    @Test
    public final void gc_4_a_card_is_found_by_any_of_its_hashes() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        assertThat(committed(() -> cards().cardOf(ACME, List.of(hash("x"), card.codeHash(), hash("y")))))
                .contains(card.id());
        assertThat(committed(() -> cards().cardOf(ACME, List.of(hash("x"), hash("y")))))
                .isEmpty();
    }

    @Test
    public final void gc_4_hashes_compare_byte_for_byte() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        assertThat(cardOf(ACME, card.codeHash().toUpperCase(Locale.ROOT))).isEmpty();
        assertThat(cardOf(ACME, card.codeHash().substring(1))).isEmpty();
    }

    // --- GC-5 batches

    @Test
    public final void gc_5_a_batch_is_found_by_its_key_byte_for_byte() {
        GiftCardSnapshot card = issued(batch(ACME, "Key", "a"));

        assertThat(batchOf(ACME, "Key")).contains(card.batch());
        assertThat(batchOf(ACME, "key")).isEmpty();
        assertThat(batchOf(ACME, "Key ")).isEmpty();
    }

    @Test
    public final void gc_5_a_transaction_that_has_read_before_finds_a_batch_issued_meanwhile() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            cards().find(ACME, nobody());
            GiftCardSnapshot card = Race.result(race.start(() -> issued(batch(ACME, "k", "a"))));

            assertThat(cards().batchOf(ACME, RequestKey.of("k"))).contains(card.batch());
            host.rollback();
        }
    }

    // --- GC-6 the cards of a batch

    @Test
    public final void gc_6_the_cards_of_a_batch_come_in_pages_by_number() {
        GiftCardBatch batch = batch(ACME, "k", "a", "b", "c", "d");
        issued(batch(ACME, "other", "e"));
        issued(batch);

        assertThat(inBatch(ACME, batch.id(), 0, 3)).isEqualTo(batch.cards().subList(0, 3));
        assertThat(inBatch(ACME, batch.id(), 3, 3)).isEqualTo(batch.cards().subList(3, 4));
        assertThat(inBatch(ACME, batch.id(), 4, 3)).isEmpty();
    }

    // --- GC-7 to GC-10 issue

    @Test
    public final void gc_7_a_key_issues_one_batch() {
        GiftCardSnapshot first = issued(batch(ACME, "k", "a"));
        List<String> before = crm().dump();

        assertThat(committed(() -> cards().issue(batch(ACME, "k", "b", "c")))).isEqualTo(Issued.REPEATED);

        assertThat(crm().dump()).isEqualTo(before);
        assertThat(batchOf(ACME, "k")).contains(first.batch());
    }

    @Test
    public final void gc_7_of_two_at_the_same_time_the_second_waits_for_the_first() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            assertThat(cards().issue(batch(ACME, "k", "a"))).isEqualTo(Issued.WRITTEN);
            Future<Issued> second = race.start(() -> committed(() -> cards().issue(batch(ACME, "k", "b"))));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            host.commit();

            assertThat(Race.result(second)).isEqualTo(Issued.REPEATED);
        }
    }

    @Test
    public final void gc_7_a_key_given_up_by_a_rollback_issues_again() {
        rolledBack(() -> cards().issue(batch(ACME, "k", "a")));

        assertThat(committed(() -> cards().issue(batch(ACME, "k", "a")))).isEqualTo(Issued.WRITTEN);
    }

    @Test
    public final void gc_7_of_many_with_one_key_one_issues() {
        List<Race.Attempt<Issued>> attempts =
                Race.of(8, number -> committed(() -> cards().issue(batch(ACME, "k", "code " + number))));

        assertThat(attempts.stream().map(Race.Attempt::orFail))
                .containsOnlyOnce(Issued.WRITTEN)
                .containsOnly(Issued.WRITTEN, Issued.REPEATED);
    }

    @Test
    public final void gc_8_no_card_gets_a_code_that_another_has() {
        issued(batch(ACME, "k", "a", "b"));
        List<String> before = crm().dump();

        assertThat(committed(() -> cards().issue(batch(ACME, "k2", "c", "b", "d"))))
                .isEqualTo(Issued.CODE_TAKEN);

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void gc_9_the_transaction_goes_on_after_either_refusal() {
        issued(batch(ACME, "k", "a"));

        GiftCardSnapshot card = committed(() -> {
            assertThat(cards().issue(batch(ACME, "k", "b"))).isEqualTo(Issued.REPEATED);
            assertThat(cards().issue(batch(ACME, "k2", "c", "a"))).isEqualTo(Issued.CODE_TAKEN);
            GiftCardBatch third = batch(ACME, "k2", "c");
            assertThat(cards().issue(third)).isEqualTo(Issued.WRITTEN);
            return third.cards().get(0);
        });

        assertThat(find(ACME, card.id())).contains(card);
    }

    @Test
    public final void gc_10_the_key_is_booked_for_the_batch() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        assertThat(committed(() -> crm().requests().find(ACME, card.batch(), RequestKey.of("k"))))
                .contains(BOOKED);
    }

    @Test
    public final void gc_10_a_large_batch_is_written_whole() {
        String[] codes = new String[1_203];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = "code " + i;
        }
        GiftCardBatch batch = batch(ACME, "k", codes);

        issued(batch);

        assertThat(inBatch(ACME, batch.id(), 0, 2_000)).isEqualTo(batch.cards());
        assertThat(cardOf(ACME, batch.cards().get(1_202).codeHash()))
                .contains(batch.cards().get(1_202).id());
        assertThat(events()).hasSize(1_203);
    }

    // --- GC-11 to GC-13 apply

    @Test
    public final void gc_11_a_key_is_booked_once() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot active = card.activated(T1);
        commit(() -> change(card, active, "k2"));
        List<String> before = crm().dump();

        assertThat(committed(() -> {
                    cards().lock(ACME, card.id());
                    return cards().apply(changeOf(active.in(GiftCardState.BLOCKED, T1), What.BLOCKED, "k2"));
                }))
                .isFalse();

        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void gc_11_the_key_is_found_by_the_request_store() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        commit(() -> change(card, card.activated(T1), "k2"));

        assertThat(committed(() -> crm().requests().find(ACME, card.id(), RequestKey.of("k2"))))
                .contains(BOOKED);
    }

    @Test
    public final void gc_11_a_change_without_key_is_written() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));
        GiftCardSnapshot active = card.activated(T1);

        commit(() -> {
            cards().lock(ACME, card.id());
            GiftCardChange keyed = changeOf(active, What.ACTIVATED, "unused");
            assertThat(cards().apply(new GiftCardChange(active, keyed.event(), null, null)))
                    .isTrue();
        });

        assertThat(find(ACME, card.id())).contains(active);
    }

    @Test
    public final void gc_12_a_change_without_event_books_the_key_only() {
        GiftCardSnapshot card = issued(batch(ACME, "k", "a"));

        commit(() -> {
            cards().lock(ACME, card.id());
            cards().apply(new GiftCardChange(card, null, RequestKey.of("k2"), BOOKED));
        });

        assertThat(find(ACME, card.id())).contains(card);
        assertThat(committed(() -> crm().requests().find(ACME, card.id(), RequestKey.of("k2"))))
                .contains(BOOKED);
        assertThat(events()).hasSize(1);
    }

    @Test
    public final void gc_13_events_are_kept_with_what_they_tell() {
        GiftCardBatch batch = batch(ACME, "k", "a");
        GiftCardSnapshot card = issued(batch);
        GiftCardChange change = changeOf(card.activated(T1), What.ACTIVATED, "k2");
        rolledBack(() -> {
            cards().lock(ACME, card.id());
            cards().apply(change);
        });
        assertThat(events()).isEqualTo(batch.events());

        commit(() -> {
            cards().lock(ACME, card.id());
            cards().apply(change);
        });

        assertThat(events()).containsExactly(batch.events().get(0), change.event());
    }

    // --- GC-14 owners

    @Test
    public final void gc_14_cards_may_own_accounts_and_nothing_else() {
        GiftCardBatch batch = batch(ACME, "k", "a", "b");
        issued(batch);
        CustomerId first = batch.cards().get(0).id();
        CustomerId second = batch.cards().get(1).id();

        assertThat(existing(ACME, first, nobody(), second)).isEqualTo(Set.of(first, second));
        assertThat(existing(ACME, batch.id())).isEmpty();
    }

    @Test
    public final void gc_14_cards_of_this_transaction_may_own_accounts() {
        GiftCardBatch batch = batch(ACME, "k", "a");
        CustomerId id = batch.cards().get(0).id();

        assertThat(committed(() -> {
                    cards().issue(batch);
                    return cards().existing(ACME, List.of(id));
                }))
                .containsExactly(id);
    }

    @Test
    public final void gc_15_the_cards_bound_to_customers_are_found() {
        CustomerId ann = nobody();
        CustomerId bob = nobody();
        committed(() -> cards().issue(batch(ACME, "k", "a", "b", "c")));
        committed(() -> cards().issue(batch(ZENITH, "k", "z")));
        List<GiftCardSnapshot> all = inBatch(ACME, batchOf(ACME, "k").orElseThrow(), 0, 9);
        GiftCardSnapshot anns = all.get(0).bound(ann, T1);
        GiftCardSnapshot bobs = all.get(1).bound(bob, T1);
        commit(() -> {
            locked(all.get(0));
            change(all.get(0), anns, "bind");
            locked(all.get(1));
            change(all.get(1), bobs, "bind");
        });

        assertThat(cards().boundTo(ACME, List.of(ann))).containsExactly(anns);
        assertThat(cards().boundTo(ACME, List.of(ann, bob, nobody())))
                .containsExactlyElementsOf(Stream.of(anns, bobs)
                        .sorted(Comparator.comparing(GiftCardSnapshot::id))
                        .toList());
        assertThat(cards().boundTo(ZENITH, List.of(ann))).isEmpty();
    }

    private GiftCardSnapshot issued(GiftCardBatch batch) {
        assertThat(committed(() -> cards().issue(batch))).isEqualTo(Issued.WRITTEN);
        return batch.cards().get(0);
    }

    private void change(GiftCardSnapshot before, GiftCardSnapshot after, String key) {
        cards().lock(ACME, before.id());
        assertThat(cards().apply(changeOf(after, What.ACTIVATED, key))).isTrue();
    }

    private Optional<GiftCardSnapshot> find(TenantId tenant, CustomerId card) {
        return crm().unitOfWork().read(() -> cards().find(tenant, card));
    }

    private Optional<GiftCardSnapshot> locked(GiftCardSnapshot card) {
        return committed(() -> cards().lock(ACME, card.id()));
    }

    private Optional<CustomerId> cardOf(TenantId tenant, String hash) {
        return crm().unitOfWork().read(() -> cards().cardOf(tenant, List.of(hash)));
    }

    private Optional<CustomerId> batchOf(TenantId tenant, String key) {
        return crm().unitOfWork().read(() -> cards().batchOf(tenant, RequestKey.of(key)));
    }

    private List<GiftCardSnapshot> inBatch(TenantId tenant, CustomerId batch, int after, int limit) {
        return crm().unitOfWork().read(() -> cards().inBatch(tenant, batch, after, limit));
    }

    private Set<CustomerId> existing(TenantId tenant, CustomerId... ids) {
        return crm().unitOfWork().read(() -> cards().existing(tenant, List.of(ids)));
    }

    /** The events of all cards of the first tenant, in order. */
    private List<EventEnvelope> events() {
        Instant later = claimedAt.plusMillis(1);
        claimedAt = later;
        return committed(() -> crm().outbox().claim(ACME, new Claim(null, 10_000, later, later.plusMillis(1)))).stream()
                .map(Claimed::event)
                .toList();
    }

    private static GiftCardBatch batch(TenantId tenant, String key, String... codes) {
        CustomerId batch = nobody();
        List<GiftCardSnapshot> cards = new ArrayList<>();
        for (String code : codes) {
            cards.add(new GiftCardSnapshot(
                    tenant,
                    nobody(),
                    1,
                    1,
                    GiftCardState.ISSUED,
                    hash(code),
                    "7Q2M",
                    batch,
                    cards.size() + 1,
                    FACE,
                    null,
                    cards.isEmpty() ? T1 : null,
                    null,
                    T0,
                    T0));
        }
        List<EventEnvelope> events =
                cards.stream().map(card -> event(card, What.ISSUED)).toList();
        return new GiftCardBatch(tenant, batch, RequestKey.of(key), BOOKED, cards, events);
    }

    private static GiftCardChange changeOf(GiftCardSnapshot after, What what, String key) {
        return new GiftCardChange(after, event(after, what), RequestKey.of(key), BOOKED);
    }

    private static EventEnvelope event(GiftCardSnapshot after, What what) {
        var posting = Posting.key("unused").in(StoreId.of("S01"));
        var event = new GiftCardEvent(after, what, posting.store(), posting.staff(), T0);
        return EventEnvelope.of(after.tenant(), GiftCardEvent.SOURCE, after.eventSeq(), event);
    }

    /** 64 hexadecimal digits. */
    private static String hash(String code) {
        return "%064x".formatted(0xabcdef000000L + Math.abs((long) code.hashCode()));
    }
}
