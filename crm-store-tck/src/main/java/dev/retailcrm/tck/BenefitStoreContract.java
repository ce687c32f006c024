package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.BenefitAct;
import dev.retailcrm.assets.benefit.BenefitEntry;
import dev.retailcrm.assets.benefit.BenefitGrant;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitOrigin;
import dev.retailcrm.assets.benefit.UsePeriod.Span;
import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.card.CardSale;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.spi.BenefitChange;
import dev.retailcrm.assets.spi.BenefitHolder;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.BenefitStore.Outcome;
import dev.retailcrm.assets.spi.BenefitTake;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The numbered rules of {@link BenefitStore}. */
public abstract class BenefitStoreContract extends StoreContract {
    private static final RedeemItem CAKE = RedeemItem.benefit("cake");
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");

    private CustomerId ann = nobody();
    private CustomerId bob = nobody();

    /** A contract. */
    protected BenefitStoreContract() {}

    /** Two customers. */
    @BeforeEach
    public final void registerBoth() {
        ann = crm().newCustomer(ACME);
        bob = crm().newCustomer(ACME);
    }

    private BenefitStore store() {
        return crm().benefits();
    }

    private static BenefitId id(long no) {
        return BenefitId.of(no);
    }

    private static BenefitGrant grant(CustomerId customer, long no) {
        return new BenefitGrant(
                id(no), customer, customer, "cake", BenefitOrigin.CAMPAIGN, T0, T0.plusMillis(5), T0, null, "spring");
    }

    private static Card card(CustomerId customer, long no) {
        return new Card(
                id(no),
                customer,
                customer,
                "wash",
                3,
                CardSale.PAID,
                Money.ofMinor(CNY, 9999),
                10,
                T0,
                null,
                T0.plusMillis(1),
                id(7),
                null,
                null);
    }

    private static Redemption used(CustomerId customer, long no, long amount, @Nullable String pass) {
        return new Redemption(
                id(no),
                customer,
                customer,
                CAKE,
                amount,
                0,
                12,
                4,
                T0.plusMillis(no),
                T0.plusMillis(no + 1),
                StoreId.of("S01"),
                "till-1",
                no % 2 == 0 ? null : StaffId.of("kim"),
                "order",
                pass);
    }

    private static Redemption reversed(Redemption it) {
        return new Redemption(
                it.id(),
                it.customer(),
                it.home(),
                it.item(),
                it.amount(),
                1,
                it.points(),
                it.version(),
                it.at(),
                it.booked(),
                it.store(),
                it.till(),
                it.staff(),
                it.reference(),
                it.pass());
    }

    private static BenefitEntry entry(CustomerId customer, long seq, BenefitId id) {
        return new BenefitEntry(
                customer,
                seq,
                BenefitAct.REDEEMED,
                id,
                "BENEFIT:cake",
                seq,
                T0,
                T0.plusMillis(seq),
                seq % 2 == 0 ? null : StoreId.of("S01"),
                seq % 2 == 0 ? null : "till-1",
                seq % 2 == 0 ? null : StaffId.of("kim"),
                seq % 2 == 0 ? null : "order");
    }

    private static BenefitChange change(long seq, BenefitRow row, boolean isNew, @Nullable BenefitTake take) {
        return new BenefitChange(
                ACME,
                row.customer(),
                row,
                isNew,
                entry(row.customer(), seq, row.id()),
                RequestKey.of("k" + seq),
                new Booked(7, "benefit#" + seq),
                take);
    }

    private Outcome apply(BenefitChange change) {
        return committed(() -> {
            store().lock(ACME, Set.of(change.customer()));
            return store().apply(change);
        });
    }

    private Outcome add(long seq, BenefitRow row) {
        return apply(change(seq, row, true, null));
    }

    private <T extends BenefitRow> List<T> all(CustomerId customer, Class<T> type) {
        return committed(() -> store().list(ACME, customer, type, null, 99));
    }

    private long used(CustomerId customer, long from, long to) {
        return committed(() -> store().used(ACME, customer, CAKE, new Span(T0.plusMillis(from), T0.plusMillis(to))));
    }

    @Test
    public final void be_1_nothing_of_another_tenant_is_found_or_changed() {
        add(1, used(ann, 1, 2, "a:1"));
        apply(change(2, used(ann, 2, 1, null), true, new BenefitTake("mug", 1, 5)));

        assertThat(committed(() -> store().lock(ZENITH, Set.of(ann)))).isEmpty();
        assertThat(committed(() -> store().list(ZENITH, ann, Redemption.class, null, 9)))
                .isEmpty();
        assertThat(committed(() -> store().find(ZENITH, ann, Redemption.class, id(1))))
                .isEmpty();
        assertThat(committed(() -> store().used(ZENITH, ann, CAKE, new Span(T0, T0.plusMillis(9)))))
                .isZero();
        assertThat(committed(() -> store().isPassUsed(ZENITH, ann, CAKE, "a:1")))
                .isFalse();
        assertThat(committed(() -> store().entries(ZENITH, ann, 0, 9))).isEmpty();
        assertThat(committed(() -> store().taken(ZENITH, "mug"))).isZero();
        assertThat(committed(() -> store().lastAt(ZENITH, Set.of(ann)))).isEmpty();
    }

    @Test
    public final void be_2_what_was_rolled_back_is_not_found() {
        rolledBack(() -> {
            store().lock(ACME, Set.of(ann));
            store().apply(change(1, used(ann, 1, 2, null), true, new BenefitTake("mug", 2, 5)));
            assertThat(store().list(ACME, ann, Redemption.class, null, 9)).hasSize(1);
            assertThat(store().taken(ACME, "mug")).isEqualTo(2);
        });
        assertThat(all(ann, Redemption.class)).isEmpty();
        assertThat(committed(() -> store().entries(ACME, ann, 0, 9))).isEmpty();
        assertThat(committed(() -> store().taken(ACME, "mug"))).isZero();
    }

    @Test
    public final void be_3_whoever_locks_waits_and_sees_what_the_holder_left() {
        try (var race = new Race();
                HostTransaction host = crm().begin()) {
            store().lock(ACME, Set.of(ann, nobody()));
            Future<Long> second = race.start(() -> committed(() -> {
                Map<CustomerId, BenefitHolder> both = store().lock(ACME, Set.of(ann, bob));
                assertThat(both).containsOnlyKeys(ann, bob);
                assertThat(both).containsEntry(ann, new BenefitHolder(ann, CustomerStatus.ACTIVE, null, 1));
                return store().used(ACME, ann, CAKE, new Span(T0, T0.plusMillis(9)));
            }));
            assertThat(Race.waits(second)).isTrue();
            store().apply(change(1, used(ann, 1, 2, null), true, null));
            host.commit();
            assertThat(Race.result(second)).isEqualTo(2);
        }
    }

    @Test
    public final void be_4_and_5_rows_are_found_by_type_and_id_as_they_were_written() {
        add(1, grant(ann, 3));
        add(2, card(ann, 2));
        add(3, used(ann, 5, 2, "a:1"));
        add(4, used(ann, 4, 3, null));

        assertThat(all(ann, BenefitGrant.class)).containsExactly(grant(ann, 3));
        assertThat(all(ann, Card.class)).containsExactly(card(ann, 2));
        assertThat(all(ann, Redemption.class)).containsExactly(used(ann, 4, 3, null), used(ann, 5, 2, "a:1"));
        assertThat(committed(() -> store().list(ACME, ann, Redemption.class, id(4), 9)))
                .containsExactly(used(ann, 5, 2, "a:1"));
        assertThat(committed(() -> store().list(ACME, ann, Redemption.class, null, 1)))
                .hasSize(1);
        assertThat(committed(() -> store().find(ACME, ann, Card.class, id(2)))).contains(card(ann, 2));
        assertThat(committed(() -> store().find(ACME, ann, BenefitGrant.class, id(2))))
                .isEmpty();
        assertThat(committed(() -> store().find(ACME, bob, Card.class, id(2)))).isEmpty();
    }

    @Test
    public final void be_6_and_7_uses_are_counted_in_time_and_passes_are_told() {
        add(1, used(ann, 1, 2, "a:1"));
        add(2, used(ann, 2, 3, null));
        add(3, used(ann, 3, 4, null));
        apply(change(4, reversed(used(ann, 3, 4, null)), false, null));

        assertThat(used(ann, 1, 3)).isEqualTo(5);
        assertThat(used(ann, 2, 4)).isEqualTo(6);
        assertThat(used(bob, 0, 9)).isZero();
        assertThat(committed(() -> store().used(ACME, ann, RedeemItem.card("cake"), new Span(T0, T0.plusMillis(9)))))
                .isZero();
        assertThat(committed(() -> store().isPassUsed(ACME, ann, CAKE, "a:1"))).isTrue();
        assertThat(committed(() -> store().isPassUsed(ACME, ann, CAKE, "a:2"))).isFalse();
        assertThat(committed(() -> store().isPassUsed(ACME, ann, RedeemItem.card("cake"), "a:1")))
                .isFalse();
    }

    @Test
    public final void be_8_and_10_a_key_is_booked_once() {
        assertThat(add(1, used(ann, 1, 2, null))).isEqualTo(Outcome.WRITTEN);
        List<String> before = crm().dump();
        BenefitChange again = new BenefitChange(
                ACME,
                ann,
                used(ann, 2, 1, null),
                true,
                entry(ann, 2, id(2)),
                RequestKey.of("k1"),
                new Booked(8, "benefit#2"),
                new BenefitTake("mug", 1, 1));
        assertThat(apply(again)).isEqualTo(Outcome.REPEATED);
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void be_9_and_13_no_more_than_the_stock_is_taken_and_no_less_than_nothing() {
        assertThat(apply(change(1, used(ann, 1, 3, null), true, new BenefitTake("mug", 3, 5))))
                .isEqualTo(Outcome.WRITTEN);
        List<String> before = crm().dump();
        assertThat(apply(change(2, used(ann, 2, 3, null), true, new BenefitTake("mug", 3, 5))))
                .isEqualTo(Outcome.TOO_FEW);
        assertThat(apply(change(2, used(ann, 2, 3, null), true, new BenefitTake("new", 3, 2))))
                .isEqualTo(Outcome.TOO_FEW);
        assertThat(apply(change(2, used(ann, 2, 3, null), true, new BenefitTake("mug", -4, 5))))
                .isEqualTo(Outcome.TOO_FEW);
        assertThat(committed(() -> store().taken(ACME, "mug"))).isEqualTo(3);
        assertThat(crm().dump()).hasSameSizeAs(before);

        List<CustomerId> many =
                Stream.generate(() -> crm().newCustomer(ACME)).limit(8).toList();
        assertThat(Race.of(
                                8,
                                no -> apply(change(
                                        1, used(many.get(no), 10 + no, 1, null), true, new BenefitTake("race", 1, 5))))
                        .stream()
                        .filter(it -> it.orFail() == Outcome.WRITTEN))
                .hasSize(5);
        assertThat(committed(() -> store().taken(ACME, "race"))).isEqualTo(5);
        assertThat(apply(change(2, used(ann, 2, 3, null), true, new BenefitTake("mug", -3, 5))))
                .isEqualTo(Outcome.WRITTEN);
        assertThat(committed(() -> store().taken(ACME, "mug"))).isZero();
    }

    @Test
    public final void be_11_and_12_entries_and_events_are_kept_as_they_were_given() {
        add(1, used(ann, 1, 2, null));
        add(2, used(ann, 2, 2, null));
        assertThat(committed(() -> store().entries(ACME, ann, 0, 9)))
                .containsExactly(entry(ann, 1, id(1)), entry(ann, 2, id(2)));
        assertThat(committed(() -> store().entries(ACME, ann, 1, 9))).containsExactly(entry(ann, 2, id(2)));
        assertThat(committed(() -> store().entries(ACME, ann, 0, 1))).containsExactly(entry(ann, 1, id(1)));
        assertThat(crm().dump().stream().filter(it -> it.contains("redemption.redeemed")))
                .hasSize(2);
    }

    @Test
    public final void be_14_and_15_rows_move_and_come_back_to_where_they_came_from() {
        add(1, used(ann, 1, 2, null));
        apply(change(1, used(bob, 2, 3, null), true, null));
        apply(change(2, card(bob, 3), true, null));
        both(() -> store().adopt(ACME, bob, ann));
        assertThat(all(bob, Redemption.class)).isEmpty();
        assertThat(all(ann, Redemption.class))
                .containsExactly(used(ann, 1, 2, null), used(bob, 2, 3, null).of(ann));
        assertThat(all(ann, Card.class)).containsExactly(card(bob, 3).of(ann));
        assertThat(committed(() -> store().entries(ACME, bob, 0, 9))).hasSize(2);

        both(() -> store().disown(ACME, bob, ann, Set.of(bob, nobody())));
        assertThat(all(ann, Redemption.class)).containsExactly(used(ann, 1, 2, null));
        assertThat(all(bob, Redemption.class)).containsExactly(used(bob, 2, 3, null));
        assertThat(all(bob, Card.class)).containsExactly(card(bob, 3));
    }

    private void both(Runnable work) {
        commit(() -> {
            store().lock(ACME, Set.of(ann, bob));
            work.run();
        });
    }

    @Test
    public final void be_16_rows_are_deleted_a_step_at_a_time() {
        add(1, used(ann, 1, 2, null));
        add(2, card(ann, 2));
        apply(change(1, used(bob, 3, 3, null), true, null));
        assertThat(removed(1)).isEqualTo(1);
        assertThat(removed(2)).isEqualTo(2);
        assertThat(removed(9)).isEqualTo(1);
        assertThat(removed(9)).isZero();
        assertThat(all(ann, Card.class)).isEmpty();
        assertThat(all(bob, Redemption.class)).hasSize(1);
    }

    private int removed(int limit) {
        return committed(() -> {
            store().lock(ACME, Set.of(ann));
            return store().remove(ACME, ann, limit);
        });
    }

    @Test
    public final void be_17_the_last_use_is_told() {
        add(1, used(ann, 2, 2, null));
        add(2, used(ann, 1, 2, null));
        assertThat(committed(() -> store().lastAt(ACME, Set.of(ann, bob)))).isEqualTo(Map.of(ann, T0.plusMillis(2)));
    }
}
