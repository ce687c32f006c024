package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.Bill;
import dev.retailcrm.assets.checkout.BillLine;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.CouponReturn;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Mismatch;
import dev.retailcrm.assets.checkout.MismatchPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Quote;
import dev.retailcrm.assets.checkout.Quote.Limit;
import dev.retailcrm.assets.checkout.Refund;
import dev.retailcrm.assets.checkout.Settlement;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponScope;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarnScope;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.ShortfallPolicy;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tck.Race.Attempt;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What {@link Checkout} does, in exact numbers, whatever the store. */
public abstract class CheckoutContract extends CheckoutFacade {
    private static final EarnRule BASE = EarnRule.perMoney("base", 1, yuan("1.00"));

    /** A contract. */
    protected CheckoutContract() {}

    private static List<Money> each(Bill bill, Function<BillLine, Money> part) {
        return bill.lines().stream().map(part).toList();
    }

    @Test
    public final void points_fall_on_lines_in_proportion() {
        pointsOf(100);

        Quote quote = quote(order("1", "2.00", "1.50").allPoints());

        assertThat(each(quote.bill(), BillLine::points)).containsExactly(yuan("0.57"), yuan("0.43"));
        assertThat(each(quote.bill(), BillLine::due)).containsExactly(yuan("1.43"), yuan("1.07"));
        assertThat(quote.bill().points()).isEqualTo(100);
        assertThat(quote.points().limit()).isEqualTo(Limit.AVAILABLE);
    }

    @Test
    public final void points_are_used_in_blocks_within_caps_and_never_above_the_price() {
        pointsOf(10);
        var threes = PointsRate.of(3, yuan("0.03"));
        assertThat(used(threes, order("1", "5.00").allPoints())).isEqualTo(9);
        assertThat(used(threes, order("1", "0.08").allPoints())).isEqualTo(6);
        assertThat(used(threes, order("1", "5.00").points(8))).isEqualTo(6);
        assertThat(used(threes.atMost(5_000), order("1", "0.14").allPoints())).isEqualTo(6);
        assertThat(used(
                        threes.capped(EarnCap.points(CapPeriod.ORDER, 5)),
                        order("1", "5.00").allPoints()))
                .isEqualTo(3);
        assertThat(used(
                        PointsRate.of(3, Money.parse("USD 0.03")),
                        order("1", "5.00").allPoints()))
                .isZero();
        var freight = Basket.of(
                line(1, "0.04"),
                line(2, "9.00").kind(LineKind.FREIGHT),
                line(3, "9.00").kind(LineKind.EXCLUDED));
        assertThat(used(threes, CheckoutOrder.of("1", freight).allPoints())).isEqualTo(3);
    }

    private long used(PointsRate rate, CheckoutOrder order) {
        return checkout(CheckoutPolicy.standard().points(rate))
                .quote(ann, order, crm().clock().instant())
                .bill()
                .points();
    }

    @Test
    public final void caps_of_points_hold_over_orders_and_make_room_again() {
        pointsOf(1_000);
        var policy = CheckoutPolicy.standard().points(CENT.capped(EarnCap.points(CapPeriod.DAY, 150)));
        Checkout capped = checkout(policy);

        assertThat(settled(capped, "1").points()).isEqualTo(100);
        assertThat(settled(capped, "2").points()).isEqualTo(50);
        Quote third =
                capped.quote(ann, order("3", "1.00").allPoints(), crm().clock().instant());
        assertThat(third.points().limit()).isEqualTo(Limit.CAP);
        assertThat(third.bill().points()).isZero();
        capped.refund(ann, "1", Map.of(1, yuan("0.30")), posting());
        assertThat(settled(capped, "3").points()).isEqualTo(30);
        capped.cancel(ann, "1", posting());
        assertThat(settled(capped, "4").points()).isEqualTo(70);
    }

    private Bill settled(Checkout checkout, String number) {
        return checkout.settle(ann, order(number, "1.00").allPoints(), posting())
                .order()
                .bill();
    }

    @Test
    public final void what_earns_is_what_is_paid_but_with_points_after_all_discounts() {
        earns(BASE);
        topUp("10.00", "0.01");
        assertThat(quote(order("1", "100.00").storedValue(yuan("10.00"))).earns(POINTS))
                .isEqualTo(100);
        assertThat(quote(order("1", "100.00").giftCard(card("50.00"))).earns(POINTS))
                .isEqualTo(100);
        CheckoutOrder promoted = CheckoutOrder.of("1", basket("100.00").discount("10%", yuan("10.00")));
        assertThat(quote(promoted).earns(POINTS)).isEqualTo(90);
        pointsOf(1_000);
        assertThat(quote(order("1", "100.00").allPoints()).earns(POINTS)).isEqualTo(90);
    }

    @Test
    public final void a_code_for_all_reduces_what_earns_by_its_share() {
        earns(EarnRule.perMoney("tea", 1, yuan("1.00"))
                .scope(EarnScope.everything().categories(List.of("tea"))));
        percent("ten-percent", 10, 1);
        coupon("ten-percent");
        var basket = Basket.of(line(1, "100.00").category("tea"), line(2, "50.00"));

        Quote quote = quote(CheckoutOrder.of("1", basket).bestCoupons());

        assertThat(quote.bill().due()).isEqualTo(yuan("135.00"));
        assertThat(quote.earns(POINTS)).isEqualTo(90);
    }

    @Test
    public final void points_that_pay_for_goods_reduce_what_goods_earn_and_not_freight() {
        earns(BASE);
        pointsOf(1_000);
        var basket = Basket.of(line(1, "100.00"), line(2, "10.00").kind(LineKind.FREIGHT));

        assertThat(quote(CheckoutOrder.of("1", basket).allPoints()).earns(POINTS))
                .isEqualTo(90);
    }

    @Test
    public final void three_rewards_of_ten_percent_follow_one_another() {
        percent("reward", 10, 3);
        List<CouponId> three = List.of(coupon("reward"), coupon("reward"), coupon("reward"));

        Quote quote = quote(order("1", "300.00").bestCoupons());

        assertThat(quote.bill().coupons())
                .extracting(it -> it.off().toString())
                .containsExactly("CNY 30.00", "CNY 27.00", "CNY 24.30");
        assertThat(quote.bill().due()).isEqualTo(yuan("218.70"));
        assertThat(quote.exhaustive()).isTrue();
        assertThat(settle(order("1", "300.00").coupons(three)).order().bill()).isEqualTo(quote.bill());
    }

    @Test
    public final void great_amounts_do_not_overflow() {
        earns(BASE);
        percent("ten-percent", 10, 1);
        coupon("ten-percent");
        pointsOf(1_000_000_000_000_000L);
        assertThat(quote(order("1", "268435.46").bestCoupons()).bill().due()).isEqualTo(yuan("241591.91"));
        Quote most = quote(order("1", "100000000000.00").bestCoupons().allPoints());
        assertThat(most.bill().net()).isEqualTo(yuan("90000000000.00"));
        assertThat(most.bill().points()).isEqualTo(9_000_000_000_000L);
        assertThat(settle(order("1", "268435.46", "99999731564.54").bestCoupons())
                        .earned()
                        .points(POINTS))
                .isEqualTo(90_000_000_000L);
    }

    @Test
    public final void everything_is_booked_as_it_was_quoted() {
        earns(BASE);
        grows();
        percent("ten-percent", 10, 1);
        CouponId coupon = coupon("ten-percent");
        pointsOf(500);
        topUp("20.00", "10.00");
        PresentedCard card = card("15.00");
        CheckoutOrder order = order("000812", "60.00", "40.00")
                .coupons(List.of(coupon))
                .allPoints()
                .allStoredValue()
                .giftCard(card);
        Quote quote = quote(order);

        Settlement settled = repeatable(
                () -> checkout().settle(ann, order.expecting(quote.bill().due()), by("settle")));

        assertThat(quote.bill().due()).isEqualTo(yuan("40.00"));
        assertThat(settled.order().bill()).isEqualTo(quote.bill());
        assertThat(settled.earned().programs()).isEqualTo(quote.earns());
        assertThat(settled.earned().points(POINTS)).isEqualTo(85);
        assertThat(available()).isEqualTo(85);
        assertThat(storedValue()).isEqualTo(yuan("0.00"));
        assertThat(giftCards().balance(card).value()).isEqualTo(yuan("0.00"));
        assertThat(state(List.of(coupon))).isEqualTo("REDEEMED");
        assertThat(ledger(ACME, GROWTH, terms()).reads().balance(ann, null).available())
                .isEqualTo(85);
        assertThat(checkout().find(ann, "000812")).contains(settled.order());
        assertThat(checkout().orders(ann, PageRequest.first(9)).items()).containsExactly(settled.order());
    }

    @Test
    public final void an_order_is_booked_once_by_its_number_and_by_its_key() {
        earns(BASE);
        pointsOf(100);
        CheckoutOrder order = order("1", "10.00").allPoints();
        Settlement first = checkout().settle(ann, order, Posting.key("a"));
        List<String> before = crm().dump();

        assertThat(checkout().settle(ann, order, Posting.key("b"))).isEqualTo(first);
        assertThat(crm().dump()).isEqualTo(before);
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> checkout().settle(ann, order("1", "11.00").allPoints(), Posting.key("c")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> checkout().settle(ann, order("2", "10.00"), Posting.key("a")));
        points().earn(ann, 5, Posting.key("plain"));
        refused(CoreError.REQUEST_KEY_REUSED, () -> checkout().settle(ann, order("3", "1.00"), Posting.key("plain")));
        assertThat(checkout().find(ann, "3")).isEmpty();
        refused(CoreError.UNKNOWN_CUSTOMER, () -> checkout().settle(nobody(), order("4", "1.00"), posting()));
    }

    @Test
    public final void what_differs_is_refused_or_told() {
        pointsOf(100);
        CouponId ten = coupon("ten");
        coupons().redeem(ann, List.of(ten), posting());
        CheckoutOrder late =
                order("1", "10.00").allPoints().coupons(List.of(ten)).expecting(yuan("0.50"));

        var details = refused(AssetError.CHECKOUT_MISMATCH, () -> settle(late));
        assertThat(String.valueOf(details.get("mismatches")))
                .contains("CNY 9.00")
                .contains("REDEEMED");
        Checkout offline = checkout(POLICY.onMismatch(MismatchPolicy.REPORT));
        Settlement told = repeatable(() -> offline.settle(ann, late, Posting.key("late")));
        assertThat(told.order().mismatches())
                .containsExactly(
                        new Mismatch(Mismatch.What.DUE, "CNY 0.50", "CNY 9.00"),
                        new Mismatch(Mismatch.What.COUPON, ten.toString(), "REDEEMED"));
        assertThat(told.order().bill().points()).isEqualTo(100);
    }

    @Test
    public final void an_offline_till_delivers_a_coupon_that_was_good_then() {
        coupons()
                .templates()
                .define(
                        CouponTemplate.of("week", "A week", new AmountOff(yuan("1.00")))
                                .good(CouponValidity.days(7))
                                .active(),
                        key());
        CouponId coupon = coupon("week");
        var then = crm().clock().instant();
        crm().clock().advance(DAY.multipliedBy(9));

        CheckoutOrder order = order("1", "10.00").coupons(List.of(coupon));
        refused(AssetError.CHECKOUT_MISMATCH, () -> settle(order));
        assertThat(checkout()
                        .settle(ann, order, Posting.key("late").at(then))
                        .order()
                        .bill()
                        .due())
                .isEqualTo(yuan("9.00"));
        assertThat(checkout().cancel(ann, "1", posting()).couponsBack()).isTrue();
        assertThat(state(List.of(coupon))).isEqualTo("EXPIRED");
    }

    @Test
    public final void coupons_that_are_better_together_are_used_and_the_others_kept() {
        percent("tenth", 10, 1);
        define("alone", new AmountOff(yuan("15.00")), CouponStacking.any().onItsOwn());
        define("group-a", new AmountOff(yuan("8.00")), CouponStacking.any().in("g"));
        define("group-b", new AmountOff(yuan("9.00")), CouponStacking.any().in("g"));
        List<CouponId> all = new ArrayList<>();
        List.of("alone", "group-a", "group-b", "tenth").forEach(it -> all.add(coupon(it)));

        Quote quote = quote(order("1", "100.00").bestCoupons());

        assertThat(quote.bill().due()).isEqualTo(yuan("81.00"));
        assertThat(quote.bill().coupons())
                .extracting(it -> it.template().template())
                .containsExactly("tenth", "group-b");
        assertThat(quote.unused()).containsOnlyKeys(all.get(0), all.get(1)).containsEntry(all.get(0), "NOT_BEST");
        settle(order("1", "100.00").bestCoupons());
        assertThat(state(all)).isEqualTo("AVAILABLE AVAILABLE REDEEMED REDEEMED");
    }

    private void define(String key, AmountOff benefit, CouponStacking stacking) {
        coupons()
                .templates()
                .define(CouponTemplate.of(key, key, benefit).stacking(stacking).active(), key());
    }

    @Test
    public final void a_coupon_is_not_used_where_it_takes_nothing_off() {
        coupons()
                .templates()
                .define(
                        CouponTemplate.of("shop", "In a shop", new AmountOff(yuan("1.00")))
                                .within(CouponScope.all().stores(StoreId.of("S02")))
                                .active(),
                        key());
        CouponId coupon = coupon("shop");

        Quote quote = checkout()
                .quote(
                        ann,
                        CheckoutOrder.of("1", basket("5.00").in(StoreId.of("S01")))
                                .bestCoupons(),
                        crm().clock().instant());

        assertThat(quote.unused()).containsEntry(coupon, "STORE");
        assertThat(quote.bill().due()).isEqualTo(yuan("5.00"));
    }

    @Test
    public final void a_coupon_locked_for_the_order_is_used_and_one_locked_for_another_is_not() {
        CouponId ours = coupon("ten");
        CouponId others = coupon("ten");
        coupons().lock(ann, List.of(ours), DAY, posting().reference("1"));
        coupons().lock(ann, List.of(others), DAY, posting().reference("2"));

        assertThat(quote(order("1", "50.00").bestCoupons()).unused()).containsEntry(others, "LOCKED");
        settle(order("1", "50.00").coupons(List.of(ours)));

        assertThat(state(List.of(ours, others))).isEqualTo("REDEEMED LOCKED");
    }

    @Test
    public final void a_refund_gives_each_part_back_and_the_last_one_the_rest() {
        earns(BASE);
        pointsOf(100);
        topUp("1.00", "0.50");
        var rate = CheckoutPolicy.standard().points(PointsRate.of(10, yuan("0.03")));
        checkout(rate).settle(ann, order("1", "3.00").points(100).allStoredValue(), posting());
        assertThat(available()).isEqualTo(2);

        Refund first = repeatable(() -> checkout(rate).refund(ann, "1", Map.of(1, yuan("1.00")), by("r1")));
        Refund second = checkout(rate).refund(ann, "1", Map.of(1, yuan("1.00")), posting());
        Refund last = checkout(rate).refund(ann, "1", Map.of(1, yuan("1.00")), posting());

        assertThat(told(first.back())).isEqualTo("33 points, CNY 0.50 stored, CNY 0.40");
        assertThat(told(second.back())).isEqualTo("33 points, CNY 0.50 stored, CNY 0.40");
        assertThat(told(last.back())).isEqualTo("34 points, CNY 0.50 stored, CNY 0.40");
        assertThat(last.back().everything()).isTrue();
        assertThat(available()).isEqualTo(100);
        assertThat(storedValue()).isEqualTo(yuan("1.50"));
        refused(
                AssetError.REFUND_EXCEEDS_ORDER,
                () -> checkout(rate).refund(ann, "1", Map.of(1, yuan("0.01")), posting()));
        refused(AssetError.ORDER_REFUNDED, () -> checkout(rate).cancel(ann, "1", posting()));
    }

    @Test
    public final void a_refund_of_more_than_is_left_or_of_something_else_is_refused() {
        settle(order("1", "3.00", "2.00"));
        refund("1", Map.of(1, yuan("1.00")));

        assertThat(refused(AssetError.REFUND_EXCEEDS_ORDER, () -> refund("1", Map.of(1, yuan("2.01")))))
                .containsEntry("left", 200L);
        refused(AssetError.REFUND_EXCEEDS_ORDER, () -> refund("1", Map.of(3, yuan("0.01"))));
        refused(AssetError.REFUND_EXCEEDS_ORDER, () -> refund("1", Map.of(2, yuan("0.00"))));
        refused(AssetError.WRONG_CURRENCY, () -> refund("1", Map.of(2, Money.parse("USD 1.00"))));
        refused(AssetError.UNKNOWN_ORDER, () -> refund("2", Map.of(1, yuan("1.00"))));
        settle(order("2", "1.00"));
        checkout().refund(ann, "1", Map.of(2, yuan("1.00")), Posting.key("once"));
        refused(
                CoreError.REQUEST_KEY_REUSED,
                () -> checkout().refund(ann, "1", Map.of(2, yuan("0.50")), Posting.key("once")));
        refused(CoreError.REQUEST_KEY_REUSED, () -> checkout().cancel(ann, "2", Posting.key("once")));
    }

    @Test
    public final void coupons_come_back_with_the_last_also_of_what_was_free() {
        CouponId ten = coupon("ten");
        settle(order("1", "10.00", "20.00", "0.00").coupons(List.of(ten)));

        assertThat(refund("1", Map.of(1, yuan("6.67"))).couponsBack()).isFalse();
        assertThat(refund("1", Map.of(2, yuan("13.33"))).couponsBack()).isFalse();
        assertThat(state(List.of(ten))).isEqualTo("REDEEMED");
        assertThat(refund("1", Map.of(3, yuan("0.00"))).couponsBack()).isTrue();
        assertThat(state(List.of(ten))).isEqualTo("AVAILABLE");
        refused(AssetError.REFUND_EXCEEDS_ORDER, () -> refund("1", Map.of(3, yuan("0.00"))));
        checkout(POLICY.coupons(CouponReturn.NEVER))
                .settle(ann, order("2", "20.00").coupons(List.of(ten)), posting());
        assertThat(checkout(POLICY.coupons(CouponReturn.NEVER))
                        .cancel(ann, "2", posting())
                        .couponsBack())
                .isFalse();
        assertThat(state(List.of(ten))).isEqualTo("REDEEMED");
    }

    @Test
    public final void tiers_and_caps_follow() {
        grows();
        earns(BASE.capped(EarnCap.points(CapPeriod.DAY, 25)));
        var tiers = new Tiers(ACME, ZONE, crm().tierPorts());
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("silver", 20), TierLevel.of("gold", 30));
        tiers.define(
                TierProgram.of("club", TierMeasure.earned(GROWTH), TierPeriod.ever(), levels, LocalDate.of(2020, 1, 1)),
                key());

        settle(order("1", "20.00", "20.00"));
        assertThat(level(tiers)).isEqualTo("gold");
        assertThat(available()).isEqualTo(25);
        assertThat(quote(order("2", "9.00")).earns(POINTS)).isZero();
        refund("1", Map.of(1, yuan("20.00")));
        assertThat(quote(order("2", "90.00")).earns(POINTS)).isEqualTo(12);
        checkout().cancel(ann, "1", posting());
        assertThat(available()).isZero();
        assertThat(quote(order("2", "90.00")).earns(POINTS)).isEqualTo(25);
        assertThat(ledger(ACME, GROWTH, terms()).reads().balance(ann, null).available())
                .isZero();
    }

    private String level(Tiers tiers) {
        return tiers.level(ann, "club", crm().clock().instant()).key();
    }

    @Test
    public final void what_was_earned_and_spent_elsewhere_is_owed_or_refused() {
        earns(BASE);
        settle(order("1", "100.00"));
        points().spend(ann, 60, posting());

        refused(AssetError.INSUFFICIENT_VALUE, () -> checkout().cancel(ann, "1", posting()));
        Terms owing = terms().onShortfall(ShortfallPolicy.DEBT);
        checkout(POLICY, owing).cancel(ann, "1", posting());

        assertThat(points(owing).balance(ann).debt()).isEqualTo(60);
    }

    @Test
    public final void points_that_come_back_are_there_to_be_taken_back() {
        earns(BASE);
        pointsOf(100);
        Terms forgiving = terms().onShortfall(ShortfallPolicy.FORGIVE);
        Checkout checkout = checkout(POLICY, forgiving);
        checkout.settle(ann, order("1", "100.00").points(100), posting());
        points().spend(ann, 99, posting());

        checkout.cancel(ann, "1", posting());

        assertThat(available()).isEqualTo(1);
    }

    @Test
    public final void gift_cards_are_used_up_one_after_the_other_and_get_back_theirs() {
        PresentedCard one = card("10.00");
        PresentedCard two = card("10.00");

        settle(order("1", "16.00").giftCard(one).giftCard(two).giftCard(one));
        assertThat(giftCards().balance(one).value()).isEqualTo(yuan("0.00"));
        assertThat(giftCards().balance(two).value()).isEqualTo(yuan("4.00"));
        refund("1", Map.of(1, yuan("8.00")));
        assertThat(giftCards().balance(one).value()).isEqualTo(yuan("5.00"));
        assertThat(giftCards().balance(two).value()).isEqualTo(yuan("7.00"));
        checkout().cancel(ann, "1", posting());
        assertThat(giftCards().balance(one).value()).isEqualTo(yuan("10.00"));
        assertThat(giftCards().balance(two).value()).isEqualTo(yuan("10.00"));
        giftCards().block(giftCards().find(two).id(), posting().by(StaffId.of("kim")));
        refused(AssetError.GIFT_CARD_STATE, () -> settle(order("2", "1.00").giftCard(two)));
        CustomerId bob = crm().newCustomer(ACME);
        giftCards().bind(giftCards().find(one).id(), bob, posting());
        refused(AssetError.GIFT_CARD_BOUND, () -> settle(order("3", "1.00").giftCard(one)));
    }

    @Test
    public final void orders_of_a_merged_customer_are_refunded_to_the_survivor() {
        earns(BASE);
        pointsOf(100);
        CouponId ten = coupon("ten");
        topUp("5.00", "0.01");
        CheckoutOrder order =
                order("1", "30.00").coupons(List.of(ten)).allPoints().storedValue(yuan("5.00"));
        Settlement settled = checkout().settle(ann, order, Posting.key("s"));
        CustomerId bea = crm().newCustomer(ACME);
        merges().merge(bea, ann, MergeStrategy.standard(), posting().key());

        assertThat(checkout().settle(ann, order, Posting.key("s"))).isEqualTo(settled);
        assertThat(checkout().find(bea, "1")).contains(settled.order());
        Refund half = checkout().refund(bea, "1", Map.of(1, yuan("10.00")), posting());
        Refund rest = checkout().cancel(ann, "1", posting());

        assertThat(told(half.back())).isEqualTo("50 points, CNY 2.50 stored, CNY 7.00");
        assertThat(told(rest.back())).isEqualTo("50 points, CNY 2.50 stored, CNY 7.00");
        assertThat(points().balance(bea).available()).isEqualTo(100);
        assertThat(stored().balance(bea).available()).isEqualTo(yuan("5.01"));
        assertThat(coupons().usable(bea)).extracting("id").containsExactly(ten);
    }

    @Test
    public final void trade_is_recorded_once_if_it_is_asked_for() {
        pointsOf(100);
        Trade trade = trade();
        Checkout recording = checkout().recordedBy(trade, "pos");
        var basket = Basket.of(
                        line(1, "10.00").category("tea").brand("leaf").quantity(new BigDecimal("2.5")),
                        line(2, "4.00").categories(List.of("cup", "gift")),
                        line(3, "5.00").kind(LineKind.EXCLUDED),
                        line(4, "1.00").kind(LineKind.FREIGHT))
                .in(StoreId.of("S1"))
                .through("app");
        var order = CheckoutOrder.of("1", basket).points(100);
        settle(order("0", "9.00"));

        recording.settle(ann, order, Posting.key("settle"));
        recording.settle(ann, order, Posting.key("settle"));
        recording.settle(ann, CheckoutOrder.of("2", Basket.of(line(1, "5.00").kind(LineKind.EXCLUDED))), posting());

        Order recorded =
                trade.order(ann, OrderNumber.of("pos", "1")).orElseThrow().order();
        assertThat(recorded.amount()).isEqualTo(yuan("15.00"));
        assertThat(recorded.boughtIn()).contains(StoreId.of("S1"));
        assertThat(recorded.boughtThrough()).contains("app");
        assertThat(recorded.lines())
                .containsExactly(
                        OrderLine.of("A-1", yuan("10.00"))
                                .category("tea")
                                .brand("leaf")
                                .quantity(new BigDecimal("2.5")),
                        OrderLine.of("A-2", yuan("4.00")),
                        OrderLine.of("A-4", yuan("1.00")));
        assertThat(trade.statistics(ann, CNY).orders()).isEqualTo(1);
    }

    @Test
    public final void refunds_are_recorded_as_trade_with_the_units_of_whole_lines() {
        Trade trade = trade();
        Checkout recording = checkout().recordedBy(trade, "pos");
        var basket = Basket.of(
                line(1, "10.00").quantity(new BigDecimal("2.5")),
                line(2, "5.00").kind(LineKind.EXCLUDED));
        recording.settle(ann, CheckoutOrder.of("1", basket), posting());

        Posting first = posting();
        recording.refund(ann, "1", Map.of(1, yuan("4.00"), 2, yuan("5.00")), first);
        recording.refund(ann, "1", Map.of(1, yuan("4.00"), 2, yuan("5.00")), first);
        assertThat(trade.statistics(ann, CNY).net()).isEqualTo(yuan("6.00"));
        recording.cancel(ann, "1", posting());

        assertThat(trade.refunds(ann, OrderNumber.of("pos", "1")))
                .extracting(it -> it.amount() + " " + it.units())
                .containsExactly("CNY 4.00 0.000", "CNY 6.00 2.500");
        assertThat(trade.statistics(ann, CNY).net()).isEqualTo(yuan("0.00"));
    }

    @Test
    public final void trade_that_the_host_recorded_stands_and_its_refunds_are_the_hosts() {
        Trade trade = trade();
        Checkout recording = checkout().recordedBy(trade, "pos");
        OrderNumber number = OrderNumber.of("pos", "1");
        trade.record(Order.of(ann, number, crm().clock().instant(), List.of(OrderLine.of("A", yuan("8.00")))));

        recording.settle(ann, order("1", "10.00"), posting());
        recording.refund(ann, "1", Map.of(1, yuan("9.00")), posting());

        assertThat(trade.statistics(ann, CNY).net()).isEqualTo(yuan("8.00"));
        settle(order("2", "10.00"));
        recording.refund(ann, "2", Map.of(1, yuan("9.00")), posting());
        assertThat(trade.refunds(ann, OrderNumber.of("pos", "2"))).isEmpty();
        recording.settle(ann, order("3", "10.00"), posting());
        trade.refund(dev.retailcrm.core.trade.Refund.of(
                ann, OrderNumber.of("pos", "3"), "host", crm().clock().instant(), yuan("8.00")));
        Posting late = posting();
        refused(CoreError.REFUND_EXCEEDS_ORDER, () -> recording.refund(ann, "3", Map.of(1, yuan("9.00")), late));
        assertThat(checkout().find(ann, "3").orElseThrow().refunds()).isEmpty();
    }

    @Test
    public final void what_benefits_give_is_in_the_quote_and_settled_before_coupons() {
        earns(BASE);
        grows();
        benefit("ten", new BenefitWorth.Discount(BigDecimal.TEN), it -> it);
        benefit("fifth", new BenefitWorth.Discount(new BigDecimal("20")), it -> it);
        benefit("free", new BenefitWorth.FreeShipping(), it -> it);
        benefit("double", new BenefitWorth.PointsMultiplier(new BigDecimal("2.505")), it -> it);
        percent("half", 50, 1);
        CouponId half = coupon("half");
        Basket basket = Basket.of(
                line(1, "60.00"),
                line(2, "40.00"),
                line(3, "9.00").kind(LineKind.FREIGHT),
                line(4, "7.00").kind(LineKind.EXCLUDED));
        CheckoutOrder order = CheckoutOrder.of("1", basket).coupons(List.of(half));
        Checkout checkout = checkout(POLICY.withBenefits());

        Quote quote = checkout.quote(ann, order, crm().clock().instant());
        Bill bill = checkout.settle(ann, order, posting()).order().bill();

        assertThat(bill).isEqualTo(quote.bill());
        assertThat(each(bill, BillLine::due)).containsExactly(yuan("24.00"), yuan("16.00"), yuan("0.00"), yuan("7.00"));
        assertThat(quote.earns(POINTS)).isEqualTo(40 + 60);
        assertThat(quote.earns(GROWTH)).isEqualTo(40);
        assertThat(available()).isEqualTo(100);
        assertThat(checkout()
                        .quote(ann, CheckoutOrder.of("2", basket), crm().clock().instant())
                        .bill()
                        .due())
                .isEqualTo(yuan("116.00"));
    }

    @Test
    public final void points_of_a_benefit_go_back_with_the_goods() {
        earns(BASE);
        benefit("double", new BenefitWorth.PointsMultiplier(BigDecimal.valueOf(2)), it -> it);
        Checkout checkout = checkout(POLICY.withBenefits());
        checkout.settle(ann, order("1", "30.00", "10.00"), posting());
        assertThat(available()).isEqualTo(80);

        checkout.refund(ann, "1", Map.of(1, yuan("15.00")), posting());

        assertThat(available()).isEqualTo(50);
        checkout.cancel(ann, "1", posting());
        assertThat(available()).isZero();
    }

    @Test
    public final void a_benefit_counts_for_whom_and_where_it_is_good_and_is_not_used_up_unasked() {
        benefit(
                "once",
                new BenefitWorth.Discount(new BigDecimal("50")),
                it -> it.limitedTo(UseLimit.of(1, UsePeriod.YEAR)));
        benefit("here", new BenefitWorth.Discount(BigDecimal.TEN), it -> it.in(Set.of(StoreId.of("S1"))));
        benefits().define(Benefit.of("card", "For some", new BenefitWorth.Discount(BigDecimal.valueOf(30))), key());
        Checkout checkout = checkout(POLICY.withBenefits());

        assertThat(due(checkout, "1", Basket.of(line(1, "10.00")))).isEqualTo(yuan("10.00"));
        assertThat(due(checkout, "2", Basket.of(line(1, "10.00")).in(StoreId.of("S1"))))
                .isEqualTo(yuan("9.00"));
        benefits().grant(ann, GrantOrder.of("card"), posting());
        assertThat(due(checkout, "3", Basket.of(line(1, "10.00")).in(StoreId.of("S1"))))
                .isEqualTo(yuan("7.00"));
    }

    private Money due(Checkout checkout, String number, Basket basket) {
        return checkout.settle(ann, CheckoutOrder.of(number, basket), posting())
                .order()
                .bill()
                .due();
    }

    private void benefit(String benefit, BenefitWorth worth, UnaryOperator<Benefit> with) {
        benefits().define(with.apply(Benefit.of(benefit, benefit, worth).forEverybody()), key());
    }

    @Test
    public final void many_tills_at_once_spend_what_is_there_once() {
        earns(BASE);
        pointsOf(1_000);
        CouponId ten = coupon("ten");
        var reporting = checkout(POLICY.onMismatch(MismatchPolicy.REPORT));

        List<Bill> bills = Race.of(
                        8,
                        till -> reporting.settle(
                                ann,
                                order("n" + till, "13.00").coupons(List.of(ten)).points(300),
                                Posting.key("race/" + till)))
                .stream()
                .map(it -> it.orFail().order().bill())
                .toList();

        long points = bills.stream().mapToLong(Bill::points).sum();
        long coupons = bills.stream().mapToLong(it -> it.coupons().size()).sum();
        assertThat(points).isLessThanOrEqualTo(1_000 + 8 * 13).isGreaterThanOrEqualTo(1_000);
        assertThat(coupons).isEqualTo(1);
    }

    @Test
    public final void one_order_from_many_tills_is_booked_once() {
        earns(BASE);
        pointsOf(100);
        CheckoutOrder order = order("1", "10.00").points(50);

        List<Settlement> answers =
                Race.of(8, till -> checkout().settle(ann, order, Posting.key("race/" + till % 2))).stream()
                        .map(Attempt::orFail)
                        .toList();

        assertThat(answers).containsOnly(answers.get(0));
        assertThat(available()).isEqualTo(59);
    }
}
