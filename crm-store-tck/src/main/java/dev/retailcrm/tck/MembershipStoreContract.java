package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.membership.Member;
import dev.retailcrm.core.membership.MembershipAct;
import dev.retailcrm.core.membership.MembershipChanged;
import dev.retailcrm.core.membership.MembershipEntry;
import dev.retailcrm.core.membership.MembershipStatus;
import dev.retailcrm.core.spi.MembershipChange;
import dev.retailcrm.core.spi.MembershipSnapshot;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules of {@link MembershipStore}. */
public abstract class MembershipStoreContract extends StoreContract {
    private CustomerId ann = nobody();
    private CustomerId bob = nobody();
    private CustomerId cid = nobody();

    /** A contract. */
    protected MembershipStoreContract() {}

    /** Registers three customers of one tenant, ascending by id. */
    @BeforeEach
    public final void registerThree() {
        List<CustomerId> three =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(3).sorted().toList();
        ann = three.get(0);
        bob = three.get(1);
        cid = three.get(2);
    }

    private MembershipStore store() {
        return crm().membership();
    }

    @Test
    public final void me_1_nothing_of_another_tenant_is_found() {
        enter(bob, ann, "k");

        assertThat(store().find(ZENITH, bob)).isEmpty();
        assertThat(committed(() -> store().lock(ZENITH, bob))).isEmpty();
        assertThat(store().entries(ZENITH, bob, 0, 9)).isEmpty();
        assertThat(store().referred(ZENITH, ann, null, 9)).isEmpty();
    }

    @Test
    public final void me_2_a_transaction_sees_what_it_wrote_and_others_do_not() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            enter(ann, null, "k");

            assertThat(store().find(ACME, ann)).isPresent();
            assertThat(Race.result(race.start(() -> store().find(ACME, ann)))).isEmpty();
            host.rollback();
        }
        assertThat(store().find(ACME, ann)).isEmpty();
    }

    @Test
    public final void me_3_an_unknown_customer_is_not_locked_and_one_who_is_no_member_is() {
        assertThat(committed(() -> store().lock(ACME, nobody()))).isEmpty();
        assertThat(committed(() -> store().lock(ACME, ann)))
                .contains(MembershipSnapshot.none(ACME, ann, CustomerStatus.ACTIVE));
    }

    @Test
    public final void me_3_a_lock_that_waited_returns_what_the_holder_left() {
        enter(ann, null, "k1");
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, ann);
            Future<Optional<MembershipSnapshot>> second = race.start(() -> committed(() -> {
                store().find(ACME, ann);
                return store().lock(ACME, ann);
            }));
            assertThat(Race.waits(second)).as("the second waits").isTrue();

            enter(ann, null, "k2");
            host.commit();

            assertThat(Race.result(second).orElseThrow().lastSeq()).isEqualTo(2);
        }
    }

    @Test
    public final void me_4_a_key_booked_for_the_customer_writes_nothing_and_harms_nothing() {
        enter(ann, null, "k");
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThat(enter(ann, null, "k")).isFalse();
            assertThat(enter(bob, null, "k")).isTrue();
            host.rollback();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void me_5_everything_is_kept_together_as_it_was_given_or_not_at_all() {
        var rich = new Member(
                ann,
                MembershipStatus.FROZEN,
                T0.plusMillis(1),
                Instant.EPOCH,
                StoreId.of("s" + "1".repeat(39)),
                "a'\"%_\\" + "x".repeat(14),
                CustomerId.of(Long.MAX_VALUE));
        var entry = new MembershipEntry(
                1, MembershipAct.UNFROZEN, StaffId.of("K".repeat(40)), "r".repeat(40), T0.plusMillis(1));
        List<String> before = crm().dump();
        rolledBack(() -> write(ACME, rich, entry, "k"));
        assertThat(crm().dump()).isEqualTo(before);

        write(ACME, rich, entry, "k");

        assertThat(store().find(ACME, ann)).contains(rich);
        assertThat(store().entries(ACME, ann, 0, 9)).containsExactly(entry);
        assertThat(committed(() -> store().lock(ACME, ann)))
                .contains(new MembershipSnapshot(ACME, ann, CustomerStatus.ACTIVE, 1, 1, rich));
        assertThat(crm().requests().find(ACME, ann, RequestKey.of("k"))).contains(new Booked(7, "membership#1"));
        assertThat(events()).containsExactly(1L);
    }

    @Test
    public final void me_6_entries_are_listed_by_number_from_any_number_on() {
        IntStream.range(0, 5).forEach(i -> enter(ann, null, "k" + i));

        assertThat(store().entries(ACME, ann, 1, 3))
                .extracting(MembershipEntry::seq)
                .containsExactly(2L, 3L, 4L);
        assertThat(store().entries(ACME, ann, 5, 3)).isEmpty();
        assertThat(store().entries(ACME, bob, 0, 3)).isEmpty();
    }

    @Test
    public final void me_7_members_are_listed_by_who_brought_them() {
        enter(cid, ann, "k");
        enter(bob, ann, "k");
        enter(ann, cid, "k");

        assertThat(store().referred(ACME, ann, null, 9))
                .extracting(Member::customer)
                .containsExactly(bob, cid);
        assertThat(store().referred(ACME, ann, bob, 9))
                .extracting(Member::customer)
                .containsExactly(cid);
        assertThat(store().referred(ACME, ann, null, 1))
                .extracting(Member::customer)
                .containsExactly(bob);
        assertThat(store().referred(ACME, bob, null, 9)).isEmpty();
    }

    @Test
    public final void me_8_the_latest_change_of_each_is_told() {
        enter(ann, null, "k1");
        enter(bob, null, "k1");
        var member = new Member(bob, MembershipStatus.CLOSED, T0.plusMillis(7), T0, null, null, null);
        write(ACME, member, new MembershipEntry(2, MembershipAct.CLOSED, null, null, T0.plusMillis(7)), "k2");

        assertThat(store().latest(ACME, List.of(ann, bob, nobody()))).isEqualTo(Map.of(ann, T0, bob, T0.plusMillis(7)));
        assertThat(store().latest(ZENITH, List.of(ann, bob))).isEmpty();
    }

    private boolean enter(CustomerId customer, @Nullable CustomerId referrer, String key) {
        return committed(() -> {
            long seq = store().lock(ACME, customer).orElseThrow().lastSeq() + 1;
            var member = new Member(customer, MembershipStatus.ACTIVE, T0, T0, null, null, referrer);
            return write(ACME, member, new MembershipEntry(seq, MembershipAct.JOINED, null, null, T0), key);
        });
    }

    private boolean write(TenantId tenant, Member member, MembershipEntry entry, String key) {
        var event =
                EventEnvelope.of(tenant, EventEnvelope.MEMBERSHIP, entry.seq(), new MembershipChanged(member, entry));
        var booked = new Booked(7, "membership#" + entry.seq());
        return committed(() -> {
            store().lock(tenant, member.customer());
            return store().apply(new MembershipChange(tenant, member, entry, event, RequestKey.of(key), booked));
        });
    }

    /** The numbers of Ann's events about membership that were not delivered. */
    private List<Long> events() {
        return committed(() -> crm().outbox().claim(ACME, new Claim(null, 100, T0.plusMillis(1), T0.plusMillis(2))))
                .stream()
                .map(claimed -> claimed.event())
                .filter(event -> event.customer().equals(ann) && event.source().equals(EventEnvelope.MEMBERSHIP))
                .map(EventEnvelope::seq)
                .toList();
    }
}
