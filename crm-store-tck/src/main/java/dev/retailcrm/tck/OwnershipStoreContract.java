package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.ownership.OwnedCustomer;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.OwnershipAct;
import dev.retailcrm.core.ownership.OwnershipChanged;
import dev.retailcrm.core.ownership.OwnershipEntry;
import dev.retailcrm.core.ownership.Tenure;
import dev.retailcrm.core.ownership.TransferOffer;
import dev.retailcrm.core.ownership.WaitingOffer;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OwnershipChange;
import dev.retailcrm.core.spi.OwnershipChange.Booking;
import dev.retailcrm.core.spi.OwnershipSnapshot;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.OwnershipStore.Portfolio;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link OwnershipStore}. */
public abstract class OwnershipStoreContract extends StoreContract {
    private static final StaffId KIM = StaffId.of("kim");
    private static final StoreId S1 = StoreId.of("S1");
    private static final Owner KIM_IN_S1 = new Owner(KIM, S1);
    private static final Owner LEE_IN_S1 = Owner.staff("lee").in("S1");
    private static final Instant END = T0.plusSeconds(60);

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();

    /** A contract. */
    protected OwnershipStoreContract() {}

    /** Registers two customers of one tenant. */
    @BeforeEach
    public final void registerTwo() {
        List<CustomerId> two = customers(2);
        ann = two.get(0);
        bob = two.get(1);
    }

    /** New customers, ascending by id. */
    private List<CustomerId> customers(int number) {
        return Stream.generate(() -> crm().newCustomer(ACME))
                .limit(number)
                .sorted()
                .toList();
    }

    private OwnershipStore store() {
        return crm().ownership();
    }

    // --- OW-1, OW-2 who sees what

    @Test
    public final void ow_1_nothing_of_another_tenant_is_found() {
        give(ann, KIM_IN_S1, "k1");
        ask(ann, LEE_IN_S1, END, "k2");

        assertThat(store().owners(ZENITH, List.of(ann))).isEmpty();
        assertThat(committed(() -> store().lock(ZENITH, ann))).isEmpty();
        assertThat(store().entries(ZENITH, ann, 0, 10)).isEmpty();
        assertThat(store().owned(ZENITH, Portfolio.of(KIM), null, 10)).isEmpty();
        assertThat(store().offers(ZENITH, StaffId.of("lee"), T0, null, 10)).isEmpty();
        assertThat(store().expired(ZENITH, END, 10)).isEmpty();
    }

    @Test
    public final void ow_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            give(ann, KIM_IN_S1, "k");

            assertThat(store().owners(ACME, List.of(ann))).hasSize(1);
            assertThat(owned(Portfolio.of(KIM))).containsExactly(ann);
            assertThat(Race.result(race.start(() -> store().owners(ACME, List.of(ann)))))
                    .isEmpty();
            host.rollback();
        }
        assertThat(owned(Portfolio.of(KIM))).isEmpty();
    }

    // --- OW-3 owners

    @Test
    public final void ow_3_owners_are_found_and_the_pool_the_erased_and_the_unknown_left_out() {
        CustomerId cid = crm().newCustomer(ACME);
        CustomerId dora = crm().newCustomer(ACME);
        give(ann, KIM_IN_S1, "k");
        give(cid, null, "k");
        give(dora, KIM_IN_S1, "k");
        eraseRecord(dora);
        List<CustomerId> asked =
                new ArrayList<>(IntStream.range(0, 996).mapToObj(i -> nobody()).toList());
        asked.addAll(List.of(ann, bob, cid, dora));

        assertThat(store().owners(ACME, asked)).containsOnly(Map.entry(ann, new Tenure(KIM_IN_S1, T0, KIM)));
    }

    // --- OW-4 lock

    @Test
    public final void ow_4_an_unknown_customer_is_not_locked_and_one_never_owned_is() {
        assertThat(committed(() -> store().lock(ACME, nobody()))).isEmpty();
        assertThat(committed(() -> store().lock(ACME, ann)))
                .contains(OwnershipSnapshot.none(ACME, ann, CustomerStatus.ACTIVE));
    }

    @Test
    public final void ow_4_a_lock_returns_offer_status_and_transfers_the_latest_first() {
        IntStream.range(0, 23).forEach(i -> give(ann, KIM_IN_S1, "k" + i, OwnershipAct.REASSIGNED, T0.plusMillis(i)));
        ask(ann, LEE_IN_S1, END, "offer");

        OwnershipSnapshot now = committed(() -> store().lock(ACME, ann)).orElseThrow();

        assertThat(now.lastSeq()).isEqualTo(24);
        assertThat(now.offer()).isEqualTo(new TransferOffer(24, LEE_IN_S1, KIM, T0, END));
        assertThat(now.transfers())
                .isEqualTo(IntStream.range(3, 23)
                        .mapToObj(i -> T0.plusMillis(25 - i))
                        .toList());
        eraseRecord(ann);
        assertThat(committed(() -> store().lock(ACME, ann)).orElseThrow().status())
                .isEqualTo(CustomerStatus.ERASED);
    }

    @Test
    public final void ow_4_a_lock_that_waited_returns_what_the_holder_left() {
        give(ann, KIM_IN_S1, "k1");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, ann);
            Future<Optional<OwnershipSnapshot>> second = race.start(() -> committed(() -> {
                store().owners(ACME, List.of(ann));
                return store().lock(ACME, ann);
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            give(ann, LEE_IN_S1, "k2", OwnershipAct.REASSIGNED, T0);
            host.commit();

            OwnershipSnapshot seen = Race.result(second).orElseThrow();
            assertThat(seen.tenure()).isEqualTo(new Tenure(LEE_IN_S1, T0, KIM));
            assertThat(seen.transfers()).containsExactly(T0);
        }
    }

    // --- OW-5, OW-6, OW-7 apply

    @Test
    public final void ow_5_a_key_booked_for_the_customer_writes_nothing_and_harms_nothing() {
        give(ann, KIM_IN_S1, "k");
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThat(give(ann, LEE_IN_S1, "k")).isFalse();
            assertThat(give(bob, LEE_IN_S1, "k")).isTrue();
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ow_6_ownership_entry_key_and_event_are_kept_together_or_not_at_all() {
        List<String> before = crm().dump();
        rolledBack(() -> give(ann, KIM_IN_S1, "k"));
        assertThat(crm().dump()).isEqualTo(before);

        give(ann, KIM_IN_S1, "k");

        assertThat(crm().requests().find(ACME, ann, RequestKey.of("k"))).contains(new Booked(7, "ownership#1"));
        assertThat(store().entries(ACME, ann, 0, 10)).hasSize(1);
        assertThat(events()).containsExactly(1L);
    }

    @Test
    public final void ow_7_everything_is_kept_as_it_was_given() {
        Owner odd = Owner.staff("Kim '\"%_\\" + "x".repeat(31)).in("S" + "1".repeat(39));
        var offer = new TransferOffer(1, odd, StaffId.of("B"), Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"));
        var entry = new OwnershipEntry(
                1,
                OwnershipAct.OFFERED,
                Owner.store("s1"),
                Owner.store("S1"),
                offer,
                StaffId.of("b"),
                true,
                "r".repeat(40),
                T0.plusMillis(1));
        var bare = new OwnershipEntry(2, OwnershipAct.EXPIRED, null, null, null, null, false, null, T0.plusMillis(2));
        var after = new OwnershipSnapshot(
                ACME,
                ann,
                CustomerStatus.ACTIVE,
                2,
                2,
                T0.plusMillis(2),
                new Tenure(odd, T0, StaffId.of("C")),
                offer,
                List.of());

        commit(() -> {
            store().lock(ACME, ann);
            assertThat(store().apply(new OwnershipChange(
                            after, List.of(entry, bare), List.of(event(entry), event(bare)), null)))
                    .isTrue();
        });

        assertThat(committed(() -> store().lock(ACME, ann))).contains(after);
        assertThat(store().entries(ACME, ann, 0, 10)).containsExactly(entry, bare);
        assertThat(owned(Portfolio.of(StaffId.of("kim '\"%_\\" + "x".repeat(31)))))
                .isEmpty();
        assertThat(owned(Portfolio.in(StoreId.of("S" + "1".repeat(39))))).containsExactly(ann);
    }

    // --- OW-8 entries

    @Test
    public final void ow_8_entries_are_listed_by_number_from_any_number_on() {
        IntStream.range(0, 5).forEach(i -> give(ann, KIM_IN_S1, "k" + i));

        assertThat(store().entries(ACME, ann, 1, 3))
                .extracting(OwnershipEntry::seq)
                .containsExactly(2L, 3L, 4L);
        assertThat(store().entries(ACME, ann, 5, 3)).isEmpty();
        assertThat(store().entries(ACME, nobody(), 0, 3)).isEmpty();
    }

    // --- OW-9, OW-10, OW-11 listings

    @Test
    public final void ow_9_customers_are_listed_by_staff_by_store_and_by_pool() {
        List<CustomerId> all = customers(8);
        give(all.get(0), KIM_IN_S1, "k");
        give(all.get(1), Owner.staff("kim"), "k");
        give(all.get(2), Owner.store("S1"), "k");
        give(all.get(3), null, "k");
        give(all.get(4), Owner.store("S2"), "k");
        give(all.get(5), KIM_IN_S1, "k");
        give(all.get(6), null, "k");
        give(all.get(7), KIM_IN_S1, "k");
        eraseRecord(all.get(7));

        assertThat(owned(Portfolio.of(KIM))).containsExactly(all.get(0), all.get(1), all.get(5));
        assertThat(owned(Portfolio.in(S1))).containsExactly(all.get(0), all.get(2), all.get(5));
        assertThat(owned(Portfolio.poolOf(S1))).containsExactly(all.get(2));
        assertThat(owned(Portfolio.pool())).containsExactly(all.get(3), all.get(6));
        assertThat(store().owned(ACME, Portfolio.of(KIM), all.get(0), 1))
                .containsExactly(new OwnedCustomer(all.get(1), new Tenure(Owner.staff("kim"), T0, KIM)));
        assertThat(store().owned(ACME, Portfolio.pool(), all.get(3), 9))
                .containsExactly(new OwnedCustomer(all.get(6), null));
    }

    @Test
    public final void ow_10_ow_11_an_offer_is_open_until_its_end_and_over_from_then_on() {
        CustomerId cid = crm().newCustomer(ACME);
        ask(ann, LEE_IN_S1, END.plusMillis(2), "k");
        ask(bob, Owner.staff("lee"), END, "k");
        ask(cid, KIM_IN_S1, END.plusMillis(1), "k");
        StaffId lee = StaffId.of("lee");

        assertThat(store().offers(ACME, lee, END.minusMillis(1), null, 9))
                .containsExactly(
                        new WaitingOffer(ann, new TransferOffer(1, LEE_IN_S1, KIM, T0, END.plusMillis(2))),
                        new WaitingOffer(bob, new TransferOffer(1, Owner.staff("lee"), KIM, T0, END)));
        assertThat(store().offers(ACME, lee, T0, ann, 9))
                .extracting(WaitingOffer::customer)
                .containsExactly(bob);
        assertThat(store().offers(ACME, lee, END, null, 9))
                .extracting(WaitingOffer::customer)
                .containsExactly(ann);
        assertThat(store().expired(ACME, END.minusMillis(1), 9)).isEmpty();
        assertThat(store().expired(ACME, END.plusMillis(2), 2)).containsExactly(bob, cid);
        give(bob, KIM_IN_S1, "answered");
        assertThat(store().expired(ACME, END.plusMillis(2), 9)).containsExactly(cid, ann);
    }

    // --- given

    private List<CustomerId> owned(Portfolio portfolio) {
        return store().owned(ACME, portfolio, null, 100).stream()
                .map(OwnedCustomer::customer)
                .toList();
    }

    private boolean give(CustomerId customer, @Nullable Owner owner, String key) {
        return give(customer, owner, key, OwnershipAct.ASSIGNED, T0);
    }

    private boolean give(CustomerId customer, @Nullable Owner owner, String key, OwnershipAct act, Instant at) {
        return write(customer, key, seq -> new OwnershipEntry(seq, act, null, owner, null, KIM, false, null, at));
    }

    private void ask(CustomerId customer, Owner to, Instant end, String key) {
        write(
                customer,
                key,
                seq -> new OwnershipEntry(
                        seq,
                        OwnershipAct.OFFERED,
                        null,
                        null,
                        new TransferOffer(seq, to, KIM, T0, end),
                        KIM,
                        false,
                        null,
                        T0));
    }

    private interface Numbered {
        OwnershipEntry entry(long seq);
    }

    private boolean write(CustomerId customer, String key, Numbered numbered) {
        return committed(() -> {
            OwnershipSnapshot now = store().lock(ACME, customer).orElseThrow();
            OwnershipEntry entry = numbered.entry(now.lastSeq() + 1);
            Owner owner = entry.after();
            var after = new OwnershipSnapshot(
                    ACME,
                    customer,
                    now.status(),
                    entry.seq(),
                    entry.seq(),
                    entry.at(),
                    owner == null ? null : new Tenure(owner, entry.at(), KIM),
                    entry.offer(),
                    now.transfers());
            var booking = new Booking(RequestKey.of(key), new Booked(7, "ownership#" + entry.seq()));
            return store().apply(new OwnershipChange(after, List.of(entry), List.of(event(customer, entry)), booking));
        });
    }

    private EventEnvelope event(OwnershipEntry entry) {
        return event(ann, entry);
    }

    private static EventEnvelope event(CustomerId customer, OwnershipEntry entry) {
        return EventEnvelope.of(ACME, EventEnvelope.OWNERSHIP, entry.seq(), new OwnershipChanged(customer, entry));
    }

    /** The numbers of Ann's events about ownership that were not delivered. */
    private List<Long> events() {
        return committed(() -> crm().outbox().claim(ACME, new Claim(null, 100, T0, T0.plusMillis(1)))).stream()
                .map(claimed -> claimed.event())
                .filter(event -> event.customer().equals(ann) && event.source().equals(EventEnvelope.OWNERSHIP))
                .map(EventEnvelope::seq)
                .toList();
    }
}
