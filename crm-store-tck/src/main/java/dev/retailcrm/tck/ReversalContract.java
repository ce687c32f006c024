package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Balance;
import dev.retailcrm.assets.ledger.Booking;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.LapsedReturn;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.SpendOrder;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.stored.MoneyBooking;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import java.time.Duration;
import java.util.List;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What giving back and taking back do, in exact numbers, whatever the store. */
public abstract class ReversalContract extends FacadeContract {
    private static final RequestKey EARN = RequestKey.of("earn");
    private static final RequestKey SPEND = RequestKey.of("spend");

    /** A contract. */
    protected ReversalContract() {}

    // --- refund

    @Test
    public final void a_refund_of_the_whole_leaves_the_lots_as_before_the_use() {
        points().earn(ann, Grant.of(30).expiring(Expiry.days(5)), by("e1"));
        points().earn(ann, Grant.of(50).expiring(Expiry.days(9)), by("e2"));
        List<Lot> before = lots();
        points().spend(ann, 70, by("spend"));

        Booking refund = points().refund(ann, SPEND, 70, by("refund"));

        assertThat(lots()).isEqualTo(before);
        assertThat(refund.entry().type()).isEqualTo(EntryType.REFUND);
        assertThat(refund.entry().amount()).isEqualTo(70);
        assertThat(refund.entry().reverses()).isEqualTo(3);
    }

    @Test
    public final void using_seventy_and_refunding_thirty_leaves_the_lots_as_using_forty() {
        CustomerId bob = crm().newCustomer(ACME);
        for (CustomerId customer : List.of(ann, bob)) {
            points().earn(customer, Grant.of(30).expiring(Expiry.days(5)), by("e1"));
            points().earn(customer, Grant.of(50).expiring(Expiry.days(9)), by("e2"));
        }
        points().spend(ann, 70, by("spend"));
        points().refund(ann, SPEND, 10, by("r1"));
        points().refund(ann, SPEND, 20, by("r2"));

        points().spend(bob, 40, by("spend"));

        assertThat(lots()).isEqualTo(points().account(bob).orElseThrow().lots());
    }

    @Test
    public final void no_more_is_refunded_than_was_used() {
        points().earn(ann, 100, by("earn"));
        points().spend(ann, 50, by("spend"));
        points().refund(ann, SPEND, 30, by("r1"));

        assertThat(refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().refund(ann, SPEND, 21, by("r2"))))
                .containsEntry("left", 20L);
        points().refund(ann, SPEND, 20, by("r2"));
        assertThat(refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().refund(ann, SPEND, 1, by("r3"))))
                .containsEntry("left", 0L);
    }

    @Test
    public final void only_what_used_value_is_refunded() {
        CustomerId bob = crm().newCustomer(ACME);
        points().earn(ann, 100, by("earn"));
        points().transfer(ann, bob, 10, by("gift"));
        points().adjust(ann, -10, "typo", by("minus"));

        refused(AssetError.NOT_REVERSIBLE, () -> points().refund(ann, EARN, 1, by("r")));
        refused(AssetError.NOT_REVERSIBLE, () -> points().refund(ann, RequestKey.of("gift"), 1, by("r")));
        refused(AssetError.UNKNOWN_BOOKING, () -> points().refund(ann, RequestKey.of("none"), 1, by("r")));
        refused(AssetError.UNKNOWN_BOOKING, () -> points().refund(bob, EARN, 1, by("r")));
        points().refund(ann, RequestKey.of("minus"), 10, by("r"));
        assertThat(available()).isEqualTo(90);
    }

    @Test
    public final void parts_are_refunded_as_they_were_used() {
        StoredValue stored = stored(terms().spending(SpendOrder.PRO_RATA));
        stored.topUp(ann, TopUp.of(yuan("100.00")).bonus(yuan("20.00")), by("top-up"));
        stored.spend(ann, yuan("60.00"), by("spend"));

        MoneyBooking refund = stored.refund(ann, SPEND, yuan("30.00"), by("refund"));

        assertThat(refund.principal()).isEqualTo(yuan("25.00"));
        assertThat(refund.bonus()).isEqualTo(yuan("5.00"));
    }

    @Test
    public final void what_is_refunded_to_an_expired_lot_lapses_at_once() {
        points().earn(ann, Grant.of(100).expiring(Expiry.days(10)), by("earn"));
        points().spend(ann, 60, by("spend"));
        crm().clock().advance(Duration.ofDays(11));

        points().refund(ann, SPEND, 60, by("refund"));

        assertThat(points().balance(ann)).isEqualTo(Balance.ZERO);
        assertThat(lines(points())).containsExactly("EARN 100", "SPEND -60", "EXPIRE -40", "REFUND 60", "EXPIRE -60");
    }

    @Test
    public final void with_grace_it_may_be_used_for_some_days_more() {
        Points points = points(terms().onLapsedReturn(LapsedReturn.grace(7)));
        points.earn(ann, Grant.of(100).expiring(Expiry.days(10)).costing(yuan("50.00")), by("earn"));
        points.spend(ann, 60, by("spend"));
        crm().clock().advance(Duration.ofDays(11));

        Booking refund = points.refund(ann, SPEND, 60, by("refund"));

        assertThat(refund.costMinor()).isEqualTo(-3000);
        assertThat(points.balance(ann)).isEqualTo(new Balance(60, 0, 0, 0));
        assertThat(points.spend(ann, 20, by("again")).costMinor()).isEqualTo(1000);
        crm().clock().advance(Duration.ofDays(7).minusMillis(1));
        assertThat(points.balance(ann).available()).isEqualTo(40);
        crm().clock().advance(Duration.ofMillis(1));
        assertThat(points.balance(ann).available()).isZero();
    }

    // --- take-back

    @Test
    public final void of_two_sold_and_one_returned_half_is_taken_back() {
        points().earn(ann, Grant.of(2 * 50), by("earn"));

        Booking back = points().takeBack(ann, EARN, 50, by("back"));

        assertThat(back.entry().amount()).isEqualTo(-50);
        assertThat(back.entry().reverses()).isEqualTo(1);
        assertThat(points().balance(ann)).isEqualTo(new Balance(50, 0, 0, 0));
        assertThat(refused(AssetError.REVERSAL_EXCEEDS_BOOKING, () -> points().takeBack(ann, EARN, 51, by("more"))))
                .containsEntry("left", 50L);
    }

    @Test
    public final void value_is_taken_back_from_its_own_lot_though_others_expire_sooner() {
        points().earn(ann, Grant.of(100).expiring(Expiry.days(5)), by("other"));
        points().earn(ann, Grant.of(100).expiring(Expiry.days(50)), by("earn"));

        points().takeBack(ann, EARN, 60, by("back"));

        assertThat(lots()).extracting(Lot::remaining).containsExactly(100L, 40L);
    }

    @Test
    public final void what_is_spent_is_taken_from_other_lots() {
        points().earn(ann, Grant.of(100).expiring(Expiry.days(5)), by("earn"));
        points().spend(ann, 80, by("spend"));
        points().earn(ann, Grant.of(50).expiring(Expiry.days(50)), by("other"));

        points().takeBack(ann, EARN, 60, by("back"));

        assertThat(lots()).extracting(Lot::remaining).containsExactly(10L);
        assertThat(available()).isEqualTo(10);
    }

    @Test
    public final void what_is_not_yet_available_is_taken_back_too() {
        points().earn(ann, Grant.of(100).availableFrom(T0.plus(DAY)), by("earn"));

        points().takeBack(ann, EARN, 40, by("back"));

        assertThat(points().balance(ann)).isEqualTo(new Balance(0, 60, 0, 0));
    }

    @Test
    public final void a_take_back_that_is_short_is_refused_by_default() {
        points().earn(ann, 100, by("earn"));
        points().spend(ann, 80, by("spend"));

        assertThat(refused(AssetError.INSUFFICIENT_VALUE, () -> points().takeBack(ann, EARN, 100, by("back"))))
                .containsEntry("available", 20L)
                .containsEntry("missing", 80L);
    }

    @Test
    public final void a_take_back_that_is_short_may_become_a_debt_that_the_next_earning_pays() {
        Points points = points(terms().onShortfall(ShortfallPolicy.DEBT));
        points.earn(ann, 100, by("earn"));
        points.spend(ann, 80, by("spend"));

        Booking back = points.takeBack(ann, EARN, 100, by("back"));
        assertThat(back.entry().amount()).isEqualTo(-100);
        assertThat(points.balance(ann)).isEqualTo(new Balance(0, 0, 0, 80));
        assertThat(points.balance(ann).total()).isEqualTo(-80);

        points.earn(ann, 50, by("e2"));
        assertThat(points.balance(ann)).isEqualTo(new Balance(0, 0, 0, 30));
        points.earn(ann, 50, by("e3"));
        assertThat(points.balance(ann)).isEqualTo(new Balance(20, 0, 0, 0));
        assertThat(entries(points))
                .extracting(entry -> entry.balanceAfter())
                .containsExactly(100L, 20L, -80L, -30L, 20L);
    }

    @Test
    public final void a_refund_pays_the_debt_first() {
        Points points = points(terms().onShortfall(ShortfallPolicy.DEBT));
        points.earn(ann, 100, by("earn"));
        points.spend(ann, 80, by("spend"));
        points.takeBack(ann, EARN, 100, by("back"));

        points.refund(ann, SPEND, 80, by("refund"));

        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
    }

    @Test
    public final void a_take_back_that_is_short_may_be_forgiven_and_says_so() {
        Points points = points(terms().onShortfall(ShortfallPolicy.FORGIVE));
        points.earn(ann, 100, by("earn"));
        points.spend(ann, 80, by("spend"));

        points.takeBack(ann, EARN, 100, by("back"));

        assertThat(points.balance(ann)).isEqualTo(Balance.ZERO);
        assertThat(lines(points)).containsExactly("EARN 100", "SPEND -80", "TAKE_BACK -100", "FORGIVE 80");
        assertThat(points.ledger().reads().flows(null, null)).containsEntry(EntryType.FORGIVE, 80L);
    }

    @Test
    public final void principal_and_bonus_are_taken_back_in_proportion() {
        stored().topUp(ann, TopUp.of(yuan("100.00")).bonus(yuan("20.00")), by("earn"));

        MoneyBooking back = stored().takeBack(ann, EARN, yuan("60.00"), by("back"));

        assertThat(back.principal()).isEqualTo(yuan("-50.00"));
        assertThat(back.bonus()).isEqualTo(yuan("-10.00"));
    }

    @Test
    public final void only_what_gave_value_is_taken_back() {
        points().earn(ann, 100, by("earn"));
        points().spend(ann, 10, by("spend"));

        refused(AssetError.NOT_REVERSIBLE, () -> points().takeBack(ann, SPEND, 1, by("b")));
        refused(AssetError.UNKNOWN_BOOKING, () -> points().takeBack(ann, RequestKey.of("Earn"), 1, by("b")));
    }

    // --- cost

    @Test
    public final void of_a_hundred_that_cost_fifty_eighty_cost_forty() {
        points().earn(ann, Grant.of(100).costing(yuan("50.00")), by("earn"));

        assertThat(points().spend(ann, 80, by("spend")).costMinor()).isEqualTo(4000);
    }

    @Test
    public final void for_forty_of_the_fifty_paid_eighty_are_taken_back() {
        points().earn(ann, Grant.of(100).costing(yuan("50.00")), by("earn"));

        assertThat(points().takeBackFor(ann, EARN, yuan("40.00"), by("b1"))
                        .entry()
                        .amount())
                .isEqualTo(-80);
        assertThat(refused(
                        AssetError.REVERSAL_EXCEEDS_BOOKING,
                        () -> points().takeBackFor(ann, EARN, yuan("10.01"), by("b2"))))
                .containsEntry("left", 1000L);
        points().takeBackFor(ann, EARN, yuan("10.00"), by("b2"));
        assertThat(points().balance(ann)).isEqualTo(Balance.ZERO);
    }

    @Test
    public final void the_last_refund_of_the_price_takes_the_remainder() {
        points().earn(ann, Grant.of(100).costing(yuan("0.03")), by("earn"));

        assertThat(List.of(back("b1"), back("b2"), back("b3"))).containsExactly(-33L, -33L, -34L);
    }

    private long back(String key) {
        return points().takeBackFor(ann, EARN, yuan("0.01"), by(key)).entry().amount();
    }

    @Test
    public final void three_hundred_single_uses_of_what_cost_a_hundred_cost_exactly_a_hundred() {
        points().earn(ann, Grant.of(300).costing(yuan("100.00")), by("earn"));

        long first = points().spend(ann, 1, by("s0")).costMinor();
        long sum = first;
        for (int i = 1; i < 300; i++) {
            sum += points().spend(ann, 1, by("s" + i)).costMinor();
        }

        assertThat(first).isEqualTo(33);
        assertThat(sum).isEqualTo(10_000);
    }

    @Test
    public final void price_and_value_must_fit() {
        points().earn(ann, Grant.of(100).costing(yuan("50.00")), by("earn"));
        points().earn(ann, Grant.of(100), by("free"));

        refused(AssetError.WRONG_CURRENCY, () -> points().takeBackFor(ann, EARN, Money.parse("EUR 1.00"), by("b")));
        refused(AssetError.NO_COST, () -> points().takeBackFor(ann, RequestKey.of("free"), yuan("1.00"), by("b")));
    }

    private List<Lot> lots() {
        return points().account(ann).orElseThrow().lots();
    }
}
