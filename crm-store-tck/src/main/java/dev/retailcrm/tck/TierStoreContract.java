package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.TierChange;
import dev.retailcrm.assets.spi.TierSnapshot;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.assets.tier.TierAct;
import dev.retailcrm.assets.tier.TierChanged;
import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPoint;
import dev.retailcrm.assets.tier.TierStanding;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.Refund;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link TierStore}. */
public abstract class TierStoreContract extends TradeFacade {
    private static final TierStanding GOLD = new TierStanding(
            "club",
            "gold",
            T0,
            T0.plus(Duration.ofDays(365)),
            T0.plusMillis(1),
            new TierStanding.Bound("silver", T0.plusMillis(2)),
            new TierStanding.Bound("gold", T0.plusMillis(3)),
            T0.plusMillis(4),
            "gold",
            T0.plusMillis(5));

    private CustomerId bob = nobody();

    /** A contract. */
    protected TierStoreContract() {}

    /** Another customer. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
    }

    private TierStore store() {
        return crm().tiers();
    }

    private static TierEntry entry(long seq) {
        return new TierEntry(
                seq,
                "club",
                TierAct.UPGRADED,
                T0,
                T0.plusMillis(seq),
                "base",
                "gold",
                seq % 2 == 0 ? null : StaffId.of("kim"));
    }

    private static TierChange change(CustomerId customer, long seq, String key) {
        var after = new TierSnapshot(customer, CustomerStatus.ACTIVE, null, seq, new TreeMap<>(Map.of("club", GOLD)));
        var event =
                EventEnvelope.of(ACME, TierChanged.SOURCE, seq, new TierChanged(customer, entry(seq), List.of("MUG")));
        return new TierChange(
                ACME,
                after,
                List.of(entry(seq)),
                List.of(event),
                key.isEmpty() ? null : new TierChange.Booking(RequestKey.of(key), new Booked(7, "tier#club")));
    }

    private boolean apply(TierChange... changes) {
        return committed(() -> {
            store().lock(
                            ACME,
                            List.of(changes).stream()
                                    .map(it -> it.after().customer())
                                    .toList());
            return store().apply(List.of(changes));
        });
    }

    private TierSnapshot found(CustomerId customer) {
        Map<CustomerId, TierSnapshot> found = crm().unitOfWork().read(() -> store().find(ACME, Set.of(customer)));
        return Objects.requireNonNull(found.get(customer), "she is a customer");
    }

    @Test
    public final void ti_1_nothing_of_another_tenant_is_found_or_changed() {
        apply(change(ann, 1, "k"));

        assertThat(committed(() -> store().lock(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> store().find(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> store().entries(ZENITH, ann, 0, 9))).isEmpty();
        assertThat(committed(() -> store().customers(ZENITH, null, 9))).doesNotContain(ann);
        assertThat(found(bob).standings()).isEmpty();
    }

    @Test
    public final void ti_2_what_was_rolled_back_is_not_found() {
        rolledBack(() -> {
            store().lock(ACME, Set.of(ann));
            store().apply(List.of(change(ann, 1, "k")));
            assertThat(found(ann).standings()).containsKey("club");
            assertThat(store().entries(ACME, ann, 0, 9)).containsExactly(entry(1));
        });

        assertThat(found(ann)).isEqualTo(TierSnapshot.none(ann, CustomerStatus.ACTIVE, null));
        assertThat(committed(() -> store().entries(ACME, ann, 0, 9))).isEmpty();
    }

    @Test
    public final void ti_3_whoever_locks_waits_and_sees_what_the_holder_left() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, Set.of(ann, nobody()));
            Future<Map<CustomerId, TierSnapshot>> second =
                    race.start(() -> committed(() -> store().lock(ACME, Set.of(ann, bob))));
            assertThat(Race.waits(second)).isTrue();

            store().apply(List.of(change(ann, 1, "k")));
            host.commit();

            assertThat(Race.result(second))
                    .containsOnlyKeys(ann, bob)
                    .containsEntry(ann, change(ann, 1, "k").after());
        }
    }

    @Test
    public final void ti_4_and_5_everything_is_kept_as_it_was_given() {
        apply(change(ann, 1, ""), change(bob, 1, ""));
        apply(change(ann, 2, ""));

        assertThat(found(ann)).isEqualTo(change(ann, 2, "").after());
        assertThat(found(bob)).isEqualTo(change(bob, 1, "").after());
        assertThat(committed(() -> store().find(ACME, Set.of(nobody())))).isEmpty();
        assertThat(crm().dump().stream().filter(it -> it.contains("tier.upgraded")))
                .hasSize(3);
    }

    @Test
    public final void ti_6_a_key_is_booked_once() {
        assertThat(apply(change(ann, 1, "k"))).isTrue();
        List<String> before = crm().dump();

        assertThat(apply(change(ann, 2, "k"))).isFalse();
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void ti_7_entries_are_found_by_number() {
        apply(change(ann, 1, ""));
        apply(change(ann, 2, ""));

        assertThat(committed(() -> store().entries(ACME, ann, 0, 1))).containsExactly(entry(1));
        assertThat(committed(() -> store().entries(ACME, ann, 1, 9))).containsExactly(entry(2));
    }

    @Test
    public final void ti_8_what_is_measured_is_found_from_an_instant_on() {
        order(ann, "1", "10.00", T0.minusMillis(1));
        order(ann, "2", "20.00", T0);
        order(ann, "3", "30.00", T0);
        order(bob, "1", "7.00", T0);
        trade().record(Order.of(ann, number("4"), T0, List.of(OrderLine.of("A", yuan("5.00"))))
                .cancel());
        trade().refund(Refund.of(ann, number("2"), "r", T0.plusMillis(1), yuan("4.00")));
        trade().refund(Refund.of(ann, number("9"), "r", T0.plusMillis(1), yuan("4.00")));
        points().earn(ann, 50, Posting.key("earn"));
        points().spend(ann, 20, Posting.key("spend"));
        points().takeBack(ann, RequestKey.of("earn"), 10, Posting.key("back"));

        assertThat(points(TierMeasure.spent(CNY), ann))
                .containsExactly(
                        new TierPoint(T0, 2000), new TierPoint(T0, 3000), new TierPoint(T0.plusMillis(1), -400));
        assertThat(points(TierMeasure.visits(CNY), ann)).containsExactly(new TierPoint(T0, 1), new TierPoint(T0, 1));
        assertThat(points(TierMeasure.earned(POINTS), ann))
                .containsExactly(new TierPoint(T0, -10), new TierPoint(T0, 50));
        assertThat(points(TierMeasure.earned(Asset.growth("g")), ann)).isEmpty();
        Map<CustomerId, List<TierPoint>> both =
                committed(() -> store().points(ACME, TierMeasure.spent(CNY), Set.of(ann, bob), Instant.EPOCH));
        assertThat(both).containsOnlyKeys(ann, bob);
        assertThat(both.get(ann)).hasSize(4);
        assertThat(both.get(bob)).containsExactly(new TierPoint(T0, 700));
    }

    private List<TierPoint> points(TierMeasure measure, CustomerId customer) {
        return committed(
                () -> store().points(ACME, measure, Set.of(customer), T0).getOrDefault(customer, List.of()).stream()
                        .sorted(Comparator.comparing(TierPoint::at).thenComparing(TierPoint::amount))
                        .toList());
    }

    private void order(CustomerId customer, String no, String amount, Instant at) {
        trade().record(Order.of(customer, number(no), at, List.of(OrderLine.of("A", yuan(amount)))));
    }

    @Test
    public final void ti_9_active_customers_are_found_by_id() {
        List<CustomerId> both = List.of(ann, bob).stream().sorted().toList();

        assertThat(committed(() -> store().customers(ACME, null, 9))).isEqualTo(both);
        assertThat(committed(() -> store().customers(ACME, null, 1))).containsExactly(both.get(0));
        assertThat(committed(() -> store().customers(ACME, both.get(0), 9))).containsExactly(both.get(1));
        eraseRecord(both.get(1));
        assertThat(committed(() -> store().customers(ACME, null, 9))).containsExactly(both.get(0));
    }

    @Test
    public final void ti_10_rows_are_deleted_a_step_at_a_time() {
        apply(change(ann, 1, ""));
        apply(change(ann, 2, ""), change(bob, 1, ""));

        assertThat(removed(1)).isEqualTo(1);
        assertThat(removed(9)).isEqualTo(2);
        assertThat(removed(9)).isZero();
        assertThat(found(ann)).isEqualTo(TierSnapshot.none(ann, CustomerStatus.ACTIVE, null));
        assertThat(found(bob).standings()).isNotEmpty();
    }

    private int removed(int limit) {
        return committed(() -> {
            store().lock(ACME, Set.of(ann));
            return store().remove(ACME, ann, limit);
        });
    }
}
