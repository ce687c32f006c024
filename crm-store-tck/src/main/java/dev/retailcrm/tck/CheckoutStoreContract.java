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
import dev.retailcrm.assets.earn.EarnOutcome;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.ledger.Account;
import dev.retailcrm.assets.ledger.AccountId;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.spi.CheckoutBookings;
import dev.retailcrm.assets.spi.CheckoutChange;
import dev.retailcrm.assets.spi.CheckoutNeeds;
import dev.retailcrm.assets.spi.CheckoutStanding;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.EarnChange;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link CheckoutStore} promises. */
public abstract class CheckoutStoreContract extends FacadeContract {
    private static final CapUse USE = new CapUse("p", "", "D1", 4, 1);
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

    private static CheckoutNeeds needs(CustomerId customer) {
        return new CheckoutNeeds(
                ACME,
                customer,
                true,
                List.of(),
                9,
                List.of(POINTS, Asset.growth("none")),
                List.of(POINTS),
                2,
                T0,
                Set.of("D1"));
    }

    private AccountId account() {
        return new AccountId(ACME, ann, POINTS);
    }

    @Test
    public final void ck_7_it_tells_what_the_other_stores_tell() {
        for (int i = 0; i < 3; i++) {
            points().earn(ann, 5, Posting.key("earn " + i));
        }
        assertThat(write(bookings(T0))).isTrue();

        committed(() -> {
            CheckoutStanding told = store().lock(needs(ann));
            CheckoutStanding right = needs(ann).of(crm().coupons(), crm().ledger(), crm().earnings());
            assertThat(told.holder()).isEqualTo(right.holder()).isNotNull();
            assertThat(told.accounts()).isEqualTo(right.accounts()).containsOnlyKeys(POINTS);
            assertThat(told.uses()).isEqualTo(right.uses()).containsExactly(USE);
            assertThat(told.lastEarned()).isEqualTo(7);
            List<Lot> lots = told.lots().get(POINTS);
            if (lots != null) {
                assertThat(lots)
                        .hasSize(2)
                        .containsExactlyInAnyOrderElementsOf(crm().ledger().spendable(account(), T0, null, 2));
            }
            return told;
        });
        CheckoutStanding none = committed(() -> store().lock(needs(nobody())));
        assertThat(none.holder()).isNull();
        assertThat(none.accounts()).isEmpty();
        assertThat(committed(() -> store().lock(needs(bob))).holder()).isNotNull();
    }

    private boolean write(Function<Account, CheckoutBookings> bookings) {
        return committed(() -> {
            lock(ACME, ann);
            Account locked = crm().ledger().lock(account()).orElseThrow();
            return store().apply(new CheckoutChange(
                    ACME,
                    ann,
                    order(ann, "booked"),
                    List.of(RequestKey.of("a"), RequestKey.of("b")),
                    BOOKED,
                    bookings.apply(locked)));
        });
    }

    /** A lot is used, another made, and something earned. */
    private Function<Account, CheckoutBookings> bookings(Instant at) {
        return account -> {
            Lot lot = crm().ledger().spendable(account(), at, null, 1).get(0);
            LedgerChange spent = ChangeDraft.spend(account, "spent", at, lot, 3);
            LedgerChange given = ChangeDraft.earn(spent.after(), "given", at, LotSpec.of(4));
            return new CheckoutBookings(null, List.of(spent, given), earned());
        };
    }

    private EarnChange earned() {
        var earned = new Earned(
                ann,
                7,
                RequestKey.of("earned"),
                null,
                T0,
                null,
                "booked",
                new EarnOutcome(List.of(), List.of(USE), "CNY"),
                new TreeMap<>(),
                null);
        return new EarnChange(ACME, ann, true, earned, List.of(USE), RequestKey.of("earned"), BOOKED);
    }

    @Test
    public final void ck_8_what_is_booked_with_an_order_is_written_with_it() {
        points().earn(ann, 5, Posting.key("open"));

        assertThat(write(bookings(T0))).isTrue();

        Account account = committed(() -> crm().ledger().lock(account()).orElseThrow());
        assertThat(account.posted()).isEqualTo(6);
        assertThat(account.seq()).isEqualTo(3);
        assertThat(account.eventSeq()).isEqualTo(3);
        assertThat(committed(() -> crm().ledger().openLots(account())))
                .extracting(Lot::remaining)
                .containsExactly(2L, 4L);
        assertThat(committed(() -> crm().ledger().movements(account(), 2))).hasSize(1);
        assertThat(committed(() -> crm().ledger().entry(account(), 3))).isPresent();
        assertThat(committed(() -> crm().earnings().find(ACME, ann, 7))).contains(earned().earned());
        assertThat(committed(() -> crm().earnings().uses(ACME, ann, List.of("D1"))))
                .containsExactly(USE);
        for (String key : List.of("a", "b", "spent", "given", "earned")) {
            assertThat(committed(() -> crm().requests().find(ACME, ann, RequestKey.of(key))))
                    .as(key)
                    .isPresent();
        }
    }

    @Test
    public final void ck_8_bookings_may_build_upon_one_another() {
        points().earn(ann, 5, Posting.key("open"));

        assertThat(write(account -> {
                    LedgerChange given = ChangeDraft.earn(account, "given", T0, LotSpec.of(4));
                    Lot lot = given.opened().get(0);
                    LedgerChange spent = ChangeDraft.spend(given.after(), "spent", T0, lot, 3);
                    return new CheckoutBookings(null, List.of(given, spent), null);
                }))
                .isTrue();

        assertThat(committed(() -> crm().ledger().openLots(account())))
                .extracting(Lot::remaining)
                .containsExactly(5L, 1L);
        assertThat(committed(() -> crm().ledger().lock(account()).orElseThrow()).posted())
                .isEqualTo(6);
    }

    @Test
    public final void ck_8_nothing_is_booked_under_a_key_that_is_taken() {
        points().earn(ann, 5, Posting.key("open"));
        points().earn(ann, 5, Posting.key("given"));

        refused(CoreError.REQUEST_KEY_REUSED, () -> write(bookings(T0)));

        assertThat(committed(() -> store().find(ACME, ann, "booked"))).isEmpty();
        assertThat(committed(() -> crm().earnings().find(ACME, ann, 7))).isEmpty();
        assertThat(points().balance(ann).available()).isEqualTo(10);
    }

    private int remove(int limit) {
        return committed(() -> {
            lock(ACME, ann);
            return store().remove(ACME, ann, limit);
        });
    }
}
