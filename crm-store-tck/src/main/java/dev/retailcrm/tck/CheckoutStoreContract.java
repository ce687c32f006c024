package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Bill;
import dev.retailcrm.assets.checkout.Bill.UsedCard;
import dev.retailcrm.assets.checkout.Bill.UsedCoupon;
import dev.retailcrm.assets.checkout.BillLine;
import dev.retailcrm.assets.checkout.LineDiscount;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Mismatch;
import dev.retailcrm.assets.checkout.SettledOrder;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapUse;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CheckoutStore} promises. */
public abstract class CheckoutStoreContract extends FacadeContract {
    private static final Booked BOOKED = new Booked(9, "order#x#0#1");

    private CustomerId bob = nobody();

    /** A contract. */
    protected CheckoutStoreContract() {}

    /** Another customer. */
    @BeforeEach
    public final void registerBob() {
        bob = crm().newCustomer(ACME);
    }

    private CheckoutStore store() {
        return crm().checkout();
    }

    private static SettledOrder order(CustomerId customer, String number) {
        var rich = new BillLine(
                7,
                "A 1",
                new BigDecimal("2.500"),
                LineKind.GOODS,
                yuan("10.00"),
                List.of(new LineDiscount("code", yuan("1.00")), new LineDiscount("ten", yuan("0.50"))),
                yuan("1.25"),
                yuan("2.25"),
                yuan("3.00"),
                yuan("2.00"));
        var plain = new BillLine(
                0,
                "POST",
                new BigDecimal("1.000"),
                LineKind.FREIGHT,
                yuan("0.00"),
                List.of(),
                yuan("0.00"),
                yuan("0.00"),
                yuan("0.00"),
                yuan("0.00"));
        var bill = new Bill(
                CNY,
                List.of(rich, plain),
                List.of(new UsedCoupon(CouponId.of(77), new CouponTemplate.Version("ten", 2), yuan("0.50"))),
                125,
                yuan("2.00"),
                yuan("0.25"),
                List.of(new UsedCard(CustomerId.of(99), yuan("3.00"))));
        return new SettledOrder(
                customer,
                number,
                T0,
                StoreId.of("S1"),
                bill,
                List.of(new CapUse(" points", "", "D2026-11-29", 125, 1)),
                List.of(new Mismatch(Mismatch.What.DUE, "CNY 1.00", "CNY 2.00")),
                List.of());
    }

    private static SettledOrder refunded(SettledOrder order, List<SortedMap<Integer, Long>> refunds) {
        return new SettledOrder(
                order.customer(),
                order.number(),
                order.at(),
                order.store(),
                order.bill(),
                order.uses(),
                order.mismatches(),
                refunds);
    }

    private boolean apply(TenantId tenant, CustomerId customer, SettledOrder order, String... keys) {
        return committed(() -> {
            lock(tenant, customer);
            return write(tenant, customer, order, keys);
        });
    }

    private boolean write(TenantId tenant, CustomerId customer, SettledOrder order, String... keys) {
        return store().apply(new CheckoutChange(
                tenant, customer, order, Arrays.stream(keys).map(RequestKey::of).toList(), BOOKED));
    }

    private void lock(TenantId tenant, CustomerId customer) {
        crm().coupons().lockAll(tenant, List.of(customer));
    }

    @Test
    public final void ck_1_nothing_of_another_tenant_is_found_or_changed() {
        apply(ACME, ann, order(ann, "1"), "k");

        assertThat(committed(() -> store().find(ZENITH, ann, "1"))).isEmpty();
        assertThat(committed(() -> store().list(ZENITH, ann, null, 9))).isEmpty();
        assertThat(committed(() -> store().find(ACME, bob, "1"))).isEmpty();
        assertThat(committed(() -> store().list(ACME, bob, null, 9))).isEmpty();
    }

    @Test
    public final void ck_2_what_was_rolled_back_is_not_found() {
        rolledBack(() -> {
            lock(ACME, ann);
            write(ACME, ann, order(ann, "1"), "k");
            assertThat(store().find(ACME, ann, "1")).contains(order(ann, "1"));
        });

        assertThat(committed(() -> store().find(ACME, ann, "1"))).isEmpty();
        assertThat(apply(ACME, ann, order(ann, "1"), "k")).isTrue();
    }

    @Test
    public final void ck_3_an_order_is_kept_as_it_was_given() {
        for (String number : List.of("1", "A-1", "a-1", "A-1  b", "#1#")) {
            apply(ACME, ann, order(ann, number), "k " + number);
        }
        SettledOrder first = order(ann, "1");
        SettledOrder refunded =
                refunded(first, List.of(new TreeMap<>(Map.of(7, 100L)), new TreeMap<>(Map.of(0, 0L, 7, 750L))));
        apply(ACME, ann, refunded(first, refunded.refunds().subList(0, 1)), "r1");
        apply(ACME, ann, refunded, "r2");

        assertThat(committed(() -> store().find(ACME, ann, "1"))).contains(refunded);
        for (String number : List.of("A-1", "a-1", "A-1  b", "#1#")) {
            assertThat(committed(() -> store().find(ACME, ann, number))).contains(order(ann, number));
        }
        assertThat(committed(() -> store().find(ACME, ann, "A-2"))).isEmpty();
    }

    @Test
    public final void ck_4_all_keys_are_booked_or_none() {
        assertThat(apply(ACME, ann, order(ann, "1"), "a", "b")).isTrue();
        assertThat(apply(ACME, ann, order(ann, "2"), "c", "b")).isFalse();
        assertThat(apply(ACME, ann, order(ann, "2"), "a", "c")).isFalse();
        points().earn(ann, 5, Posting.key("plain"));
        assertThat(apply(ACME, ann, order(ann, "2"), "c", "plain")).isFalse();

        assertThat(committed(() -> store().find(ACME, ann, "2"))).isEmpty();
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("a"))))
                .contains(BOOKED);
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("b"))))
                .contains(BOOKED);
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("c"))))
                .isEmpty();
        committed(() -> {
            lock(ACME, ann);
            assertThat(write(ACME, ann, order(ann, "3"), "b", "d")).isFalse();
            return assertThat(write(ACME, ann, order(ann, "3"), "d")).isTrue();
        });
        assertThat(apply(ACME, bob, order(bob, "1"), "a", "b")).isTrue();
    }

    @Test
    public final void ck_4_an_order_of_somebody_merged_is_changed_in_her_books() {
        apply(ACME, ann, order(ann, "1"), "a");
        SettledOrder refunded = refunded(order(ann, "1"), List.of(new TreeMap<>(Map.of(7, 1L))));

        assertThat(apply(ACME, bob, refunded, "r")).isTrue();

        assertThat(committed(() -> store().find(ACME, ann, "1"))).contains(refunded);
        assertThat(committed(() -> crm().requests().find(ACME, bob, RequestKey.of("r"))))
                .isPresent();
        assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of("r"))))
                .isEmpty();
    }

    @Test
    public final void ck_5_orders_are_listed_by_number() {
        for (String number : List.of("b", "B", "a", "10", "9")) {
            apply(ACME, ann, order(ann, number), number);
        }

        assertThat(numbers(null, 9)).containsExactly("10", "9", "B", "a", "b");
        assertThat(numbers("9", 2)).containsExactly("B", "a");
        assertThat(numbers("b", 2)).isEmpty();
    }

    private List<String> numbers(@Nullable String after, int limit) {
        return committed(() -> store().list(ACME, ann, after, limit)).stream()
                .map(SettledOrder::number)
                .toList();
    }

    @Test
    public final void ck_6_orders_are_removed_step_by_step() {
        List.of("1", "2", "3").forEach(it -> apply(ACME, ann, order(ann, it), it));
        apply(ACME, bob, order(bob, "1"), "1");

        assertThat(remove(2)).isEqualTo(2);
        assertThat(numbers(null, 9)).containsExactly("3");
        assertThat(remove(2)).isEqualTo(1);
        assertThat(remove(2)).isZero();
        assertThat(committed(() -> store().find(ACME, bob, "1"))).isPresent();
    }

    private int remove(int limit) {
        return committed(() -> {
            lock(ACME, ann);
            return store().remove(ACME, ann, limit);
        });
    }
}
