package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Probe;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.MoneyBooking;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What points and stored value do, in exact numbers, whatever the store: repetition, use, parts, caps, corrections, transfers. */
public abstract class LedgerContract extends FacadeContract {
    /** A contract. */
    protected LedgerContract() {}

    // --- a key is booked once

    @Test
    public final void the_same_command_again_gets_the_first_answer_and_books_nothing() {
        Points points = points(terms().expiring(Expiry.days(90)).onShortfall(ShortfallPolicy.DEBT));
        CustomerId bob = crm().newCustomer(ACME);

        repeatable(() -> points.earn(ann, Grant.of(100).bonus(7).costing(yuan("50.00")), by("earn")));
        repeatable(() -> points.spend(ann, 30, by("spend")));
        repeatable(() -> points.spendUpTo(ann, 5, by("up-to")));
        long first = hold(repeatable(() -> points.hold(ann, 10, DAY, by("hold-1"))));
        long second = hold(repeatable(() -> points.hold(ann, 10, DAY, by("hold-2"))));
        repeatable(() -> points.capture(ann, first, 9, by("capture")));
        repeatable(() -> points.release(ann, second, by("release")));
        repeatable(() -> points.refund(ann, RequestKey.of("spend"), 10, by("refund")));
        repeatable(() -> points.adjust(ann, 5, "goodwill", by("plus")));
        repeatable(() -> points.adjust(ann, -3, "typo", by("minus")));
        repeatable(() -> points.transfer(ann, bob, 4, by("gift")));
        repeatable(() -> points.takeBackFor(ann, RequestKey.of("earn"), yuan("1.00"), by("back-for")));
        repeatable(() -> points.takeBack(ann, RequestKey.of("earn"), 90, by("back")));
    }

    @Test
    public final void a_repetition_is_answered_though_it_could_not_be_booked_now() {
        points().earn(ann, 100, by("earn"));
        Booking first = points().spend(ann, 100, by("spend"));

        assertThat(points().spend(ann, 100, by("spend"))).isEqualTo(first);
        assertThat(available()).isZero();
    }

    @Test
    public final void a_repetition_at_another_time_is_the_same_command() {
        Booking first = points().earn(ann, 100, by("earn"));
        crm().clock().advance(DAY);

        assertThat(points().earn(ann, 100, by("earn"))).isEqualTo(first);
        assertThat(points().earn(ann, 100, by("earn").at(T0))).isEqualTo(first);
    }

    @Test
    public final void a_key_used_for_other_content_is_refused() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 100, by("k"));
        List<Runnable> others = List.of(
                () -> points().earn(ann, 101, by("k")),
                () -> points().earn(ann, Grant.of(100).bonus(1), by("k")),
                () -> points().earn(ann, Grant.of(100).expiring(Expiry.days(1)), by("k")),
                () -> points().earn(ann, Grant.of(100).costing(yuan("1.00")), by("k")),
                () -> points().earn(ann, Grant.of(100).availableFrom(T0), by("k")),
                () -> points().earn(ann, 100, Posting.key("k")),
                () -> points().earn(ann, 100, by("k").in(StoreId.of("S02"))),
                () -> points().earn(ann, 100, by("k").reference("000813")),
                () -> points().spend(ann, 100, by("k")),
                () -> points().hold(ann, 100, DAY, by("k")),
                () -> points().transfer(ann, bob, 100, by("k")),
                () -> points().transfer(bob, ann, 100, by("k")),
                () -> stored().topUp(ann, TopUp.of(yuan("1.00")), by("k")));

        others.forEach(other -> refused(CoreError.REQUEST_KEY_REUSED, other));
    }

    @Test
    public final void a_key_is_free_after_a_refusal() {
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(ann, 30, by("k")));
        points().earn(ann, 100, by("earn"));

        assertThat(points().spend(ann, 30, by("k")).entry().balanceAfter()).isEqualTo(70);
    }

    @Test
    public final void a_key_belongs_to_one_customer_of_one_tenant() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId zoe = crm().newCustomer(ZENITH);

        points().earn(ann, 1, by("k"));
        points().earn(bob, 2, by("k"));
        points(ZENITH, terms()).earn(zoe, 3, by("k"));

        assertThat(points().balance(bob).available()).isEqualTo(2);
        assertThat(points(ZENITH, terms()).balance(zoe).available()).isEqualTo(3);
    }

    // --- use

    @Test
    public final void an_entry_says_what_was_booked_by_whom_and_for_what() {
        points().earn(ann, 100, by("earn"));
        crm().clock().advance(Duration.ofHours(1));

        Entry spent = points().spend(ann, 30, by("S01/till-3/000812/spend")).entry();

        assertThat(spent)
                .isEqualTo(new Entry(
                        2,
                        EntryType.SPEND,
                        -30,
                        70,
                        0,
                        T0.plus(Duration.ofHours(1)),
                        T0.plus(Duration.ofHours(1)),
                        RequestKey.of("S01/till-3/000812/spend"),
                        0,
                        false,
                        "000812",
                        null,
                        StoreId.of("S01"),
                        StaffId.of("kim")));
        assertThat(entries(points())).hasSize(2).endsWith(spent);
    }

    @Test
    public final void the_whole_balance_can_be_spent_and_not_one_more() {
        points().earn(ann, 100, by("earn"));

        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> points().spend(ann, 101, by("more"))))
                .containsOnly(entry("requested", 101L), entry("available", 100L), entry("missing", 1L));
        assertThat(points().probe(ann, 101)).isEqualTo(new Probe(false, 100, 1));
        assertThat(points().probe(ann, 100)).isEqualTo(new Probe(true, 100, 0));
        points().spend(ann, 100, by("all"));
        assertThat(available()).isZero();
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().spendUpTo(ann, 1, by("none")));
    }

    @Test
    public final void lots_are_spent_soonest_expiry_first_then_the_oldest() {
        points().earn(ann, Grant.of(10), by("never"));
        points().earn(ann, Grant.of(20).expiring(Expiry.days(30)), by("late"));
        points().earn(ann, Grant.of(30).expiring(Expiry.days(10)), by("soon-1"));
        points().earn(ann, Grant.of(40).expiring(Expiry.days(10)), by("soon-2"));

        Booking spent = points().spend(ann, 95, by("spend"));

        assertThat(spent.movements())
                .extracting(it -> it.lotNo() / 1_000_000 + ":" + it.delta())
                .containsExactly("3:-30", "4:-40", "2:-20", "1:-5");
    }

    @Test
    public final void a_use_that_takes_more_lots_than_fit_one_page_takes_them_all() {
        for (int i = 0; i < 100; i++) {
            points().earn(ann, Grant.of(1).expiring(Expiry.days(200 - i)), by("e" + i));
        }

        Booking spent = points().spend(ann, 40, by("spend"));
        Booking rest = points().spend(ann, 59, by("rest"));

        assertThat(spent.movements())
                .extracting(it -> it.lotNo() / 1_000_000)
                .hasSize(40)
                .startsWith(100L)
                .endsWith(61L);
        assertThat(rest.movements()).hasSize(59);
        assertThat(points().account(ann).orElseThrow().lots()).hasSize(1);
    }

    // --- principal and bonus

    @Test
    public final void principal_and_bonus_are_spent_in_the_order_of_the_terms() {
        Map<SpendOrder, String> principal = Map.of(
                SpendOrder.PRINCIPAL_FIRST, "-100.00",
                SpendOrder.BONUS_FIRST, "-80.00",
                SpendOrder.PRO_RATA, "-91.66",
                SpendOrder.SOONEST_EXPIRY, "-80.00");
        principal.forEach((order, share) -> {
            CustomerId customer = crm().newCustomer(ACME);
            StoredValue stored = stored(terms().spending(order));
            stored.topUp(
                    customer,
                    TopUp.of(yuan("100.00"))
                            .bonus(yuan("20.00"))
                            .expiring(Expiry.days(365))
                            .bonusExpiring(Expiry.days(30)),
                    by("top-up"));

            MoneyBooking paid =
                    stored.spend(customer, order == SpendOrder.PRO_RATA ? yuan("110.00") : yuan("100.00"), by("pay"));

            assertThat(paid.principal()).as("%s", order).isEqualTo(yuan(share));
            assertThat(paid.principal().plus(paid.bonus())).isEqualTo(paid.amount());
        });
    }

    @Test
    public final void in_proportion_the_bonus_bears_the_remainder() {
        StoredValue stored = stored(terms().spending(SpendOrder.PRO_RATA));
        stored.topUp(ann, TopUp.of(yuan("1.00")).bonus(yuan("0.50")), by("top-up"));

        MoneyBooking paid = stored.spend(ann, yuan("1.00"), by("pay"));

        assertThat(paid.principal()).isEqualTo(yuan("-0.66"));
        assertThat(paid.bonus()).isEqualTo(yuan("-0.34"));
    }

    @Test
    public final void cashing_out_takes_the_bonus_back_in_proportion() {
        stored().topUp(ann, TopUp.of(yuan("100.00")).bonus(yuan("30.00")), by("top-up"));

        MoneyBooking half = stored().cashOut(ann, yuan("50.00"), by("half"));
        assertThat(half.principal()).isEqualTo(yuan("-50.00"));
        assertThat(half.bonus()).isEqualTo(yuan("-15.00"));

        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> stored().cashOut(ann, yuan("50.01"), by("more"))))
                .containsEntry("available", 5000L);
        MoneyBooking rest = stored().cashOut(ann, yuan("50.00"), by("rest"));
        assertThat(rest.bonus()).isEqualTo(yuan("-15.00"));
        assertThat(stored().balance(ann).total()).isEqualTo(yuan("0.00"));
    }

    @Test
    public final void money_of_another_currency_is_refused() {
        refused(AssetError.WRONG_CURRENCY, () -> stored().spend(ann, Money.parse("EUR 1.00"), by("pay")));
    }

    // --- cap

    @Test
    public final void an_account_does_not_rise_above_its_cap() {
        Points points = points(terms().cappedAt(500));
        points.earn(ann, 400, by("e1"));

        assertThat(refused(AssetError.CAP_EXCEEDED, () -> points.earn(ann, 101, by("e2"))))
                .containsOnly(entry("cap", 500L), entry("room", 100L));
        refused(AssetError.CAP_EXCEEDED, () -> points.earn(ann, Grant.of(60).bonus(41), by("e2")));
        refused(AssetError.CAP_EXCEEDED, () -> points.adjust(ann, 101, "goodwill", by("e2")));
        points.earn(ann, 100, by("e2"));
        assertThat(available()).isEqualTo(500);
    }

    // --- corrections

    @Test
    public final void a_correction_names_its_reason_and_operator() {
        Entry plus = points().adjust(ann, 50, "goodwill", by("plus")).entry();
        Entry minus = points().adjust(ann, -20, "typo", by("minus")).entry();

        assertThat(plus.type()).isEqualTo(EntryType.ADJUST);
        assertThat(plus.reason()).isEqualTo("goodwill");
        assertThat(minus.amount()).isEqualTo(-20);
        assertThat(minus.staff()).isEqualTo(StaffId.of("kim"));
        assertThat(available()).isEqualTo(30);
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().adjust(ann, -31, "typo", by("more")));
        refused(CoreError.INVALID_VALUE, () -> points().adjust(ann, 1, "nobody", Posting.key("k")));
    }

    // --- transfers

    @Test
    public final void a_transfer_moves_value_with_its_expiry_cost_and_part() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, Grant.of(100).expiring(Expiry.days(10)).costing(yuan("50.00")), by("e1"));
        points().earn(ann, Grant.of(100).bonus(60).expiring(Expiry.days(20)).bonusExpiring(Expiry.days(15)), by("e2"));

        points().transfer(ann, bob, 140, by("gift"));

        assertThat(points().balance(ann).available()).isEqualTo(120);
        assertThat(points().balance(bob).available()).isEqualTo(140);
        var lots = points().account(bob).orElseThrow().lots();
        assertThat(lots)
                .extracting(lot -> lot.granted() + " " + lot.part() + " " + lot.expiresAt())
                .containsExactly(
                        "100 " + Part.PRINCIPAL + " " + T0.plus(Duration.ofDays(10)),
                        "40 " + Part.BONUS + " " + T0.plus(Duration.ofDays(15)));
        assertThat(points().spend(bob, 80, by("use")).costMinor()).isEqualTo(4000);
    }

    @Test
    public final void a_transfer_is_refused_whole() {
        CustomerId bob = crm().newCustomer(ACME);
        CustomerId zoe = crm().newCustomer(ZENITH);
        points().earn(ann, 100, by("earn"));

        refused(AssetError.INSUFFICIENT_VALUE, () -> points().transfer(ann, bob, 101, by("t")));
        refused(AssetError.INSUFFICIENT_VALUE, () -> points().transfer(bob, ann, 1, by("t")));
        refused(AssetError.SAME_ACCOUNT, () -> points().transfer(ann, ann, 1, by("t")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> points().transfer(ann, nobody(), 1, by("t")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> points().transfer(ann, zoe, 1, by("t")));
        refused(AssetError.CAP_EXCEEDED, () -> points(terms().cappedAt(50)).transfer(ann, bob, 51, by("t")));
        points().earn(bob, 1, by("t"));
        refused(CoreError.REQUEST_KEY_REUSED, () -> points().transfer(ann, bob, 1, by("t")));
    }

    @Test
    public final void a_transfer_under_a_key_of_the_giver_opens_no_account_even_if_the_host_goes_on() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 100, by("earn"));
        List<String> before = crm().dump();

        try (HostTransaction host = crm().begin()) {
            refused(CoreError.REQUEST_KEY_REUSED, () -> points().transfer(ann, bob, 1, by("earn")));
            host.commit();
        }

        assertThat(crm().dump()).isEqualTo(before);
    }

    // --- whose

    @Test
    public final void only_a_customer_of_the_tenant_gets_an_account() {
        refused(CoreError.UNKNOWN_CUSTOMER, () -> points().earn(nobody(), 1, by("k")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> points(ZENITH, terms()).earn(ann, 1, by("k")));
    }

    @Test
    public final void customers_and_accounts_of_other_tenants_are_apart() {
        CustomerId zoe = crm().newCustomer(ZENITH);
        points().earn(ann, 100, by("k"));
        points(ZENITH, terms()).earn(zoe, 7, by("k"));

        assertThat(points(ZENITH, terms()).balance(ann).total()).isZero();
        assertThat(points().balance(zoe).total()).isZero();
        assertThat(points().ledger().reads().flows(null, null)).containsExactly(entry(EntryType.EARN, 100L));
    }

    private static long hold(Booking booking) {
        return booking.holdNo();
    }
}
