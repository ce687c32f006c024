package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.checkout.TenderKind;
import dev.retailcrm.assets.earn.Availability;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnEvent;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarnScope;
import dev.retailcrm.assets.earn.EarnVerdict;
import dev.retailcrm.assets.earn.Earned;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.earn.Occasion;
import dev.retailcrm.assets.earn.RuleEarning;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Rules;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.joda.money.Money;
import org.junit.jupiter.api.Test;

/** What {@link Earning} does, in exact numbers, whatever the store. */
public abstract class EarningContract extends MergeFacade {
    private static final Asset GROWTH = Asset.growth("standard");
    private static final EarnRule BASE = EarnRule.perMoney("base", 1, yuan("1.00"));

    private final AtomicInteger keys = new AtomicInteger();

    /** A contract. */
    protected EarningContract() {}

    private Earning earning() {
        var rules = new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of());
        return new Earning(ACME, terms(), crm().earnPorts(), rules, tiers());
    }

    private Tiers tiers() {
        return new Tiers(ACME, ZONE, crm().tierPorts());
    }

    private EarningProgram define(EarningProgram program) {
        return earning().define(program, RequestKey.of("define " + keys.incrementAndGet()));
    }

    private EarningProgram define(EarnRule... rules) {
        return define(EarningProgram.of("standard", POINTS, List.of(rules)));
    }

    private static Purchase of(String amount) {
        return Purchase.of(Basket.of(BasketLine.of(1, "A", yuan(amount))));
    }

    private Earned buy(String amount, String key) {
        return earning().earn(ann, of(amount), Posting.key(key));
    }

    private long points(Purchase purchase) {
        return earning().simulate(ann, purchase, crm().clock().instant()).points(POINTS);
    }

    private Earned happen(Occasion occasion) {
        return earning().earn(ann, EarnEvent.of(occasion), Posting.key("event " + keys.incrementAndGet()));
    }

    @Test
    public final void stored_value_and_gift_cards_do_not_reduce_the_base_and_discounts_do() {
        define(BASE);
        assertThat(points(of("100.00").paid(TenderKind.STORED_VALUE, yuan("10.00"))))
                .isEqualTo(100);
        assertThat(points(of("100.00").paid(TenderKind.GIFT_CARD, yuan("50.00"))))
                .isEqualTo(100);
        assertThat(points(Purchase.of(of("100.00").basket().discount("10%", yuan("10.00")))))
                .isEqualTo(90);
    }

    @Test
    public final void what_was_simulated_is_earned_with_why() {
        define(BASE, EarnRule.times("double", "2").scope(EarnScope.everything().categories(List.of("tea"))));
        var basket = Basket.of(
                BasketLine.of(1, "A", yuan("10.50")).category("tea"),
                BasketLine.of(2, "B", yuan("5.60")),
                BasketLine.of(3, "POST", yuan("8.00")).kind(LineKind.FREIGHT));
        var simulated =
                earning().simulate(ann, Purchase.of(basket), crm().clock().instant());

        Earned earned = repeatable(() -> earning().earn(ann, Purchase.of(basket), by("order")));

        assertThat(earned.programs()).isEqualTo(simulated.programs());
        assertThat(earned.points(POINTS)).isEqualTo(26).isEqualTo(available());
        assertThat(earned.programs().get(0).lines()).extracting("points").containsExactly(20L, 6L, 0L);
        assertThat(earning().earned(ann, RequestKey.of("order"))).contains(earned);
        assertThat(earning().earned(ann, PageRequest.first(9)).items()).containsExactly(earned);
        assertThat(lines(points())).containsExactly("EARN 26");
    }

    @Test
    public final void a_key_of_other_content_is_refused() {
        define(BASE);
        buy("10.00", "order");
        refused(CoreError.REQUEST_KEY_REUSED, () -> buy("11.00", "order"));
        points().earn(ann, 5, Posting.key("plain"));
        refused(CoreError.REQUEST_KEY_REUSED, () -> buy("10.00", "plain"));
        refused(CoreError.REQUEST_KEY_REUSED, () -> points().earn(ann, 5, Posting.key("order")));
        refused(AssetError.UNKNOWN_EARNING, () -> earning().cancel(ann, RequestKey.of("plain"), Posting.key("c")));
        refused(CoreError.UNKNOWN_CUSTOMER, () -> earning().earn(nobody(), of("1.00"), Posting.key("x")));
    }

    @Test
    public final void what_earns_nothing_is_kept_so_that_it_stays_nothing() {
        assertThat(buy("10.00", "order").points(POINTS)).isZero();
        define(BASE);

        assertThat(buy("10.00", "order").points(POINTS)).isZero();
        assertThat(available()).isZero();
    }

    @Test
    public final void programs_are_versioned_and_retired() {
        EarningProgram first = define(BASE);
        assertThat(first.version()).isEqualTo(1);
        refused(CoreError.VERSION_CONFLICT, () -> define(BASE));
        EarningProgram second = define(first.rules(List.of(EarnRule.perMoney("base", 2, yuan("1.00")))));
        assertThat(points(of("10.00"))).isEqualTo(20);
        assertThat(earning().find("standard", 1)).contains(first);
        assertThat(repeatable(() -> earning().retire("standard", RequestKey.of("retire")))
                        .retired())
                .isTrue();
        assertThat(points(of("10.00"))).isZero();
        assertThat(earning().all().values()).extracting(EarningProgram::retired).containsExactly(true);
        refused(CoreError.VERSION_CONFLICT, () -> define(second));
        refused(AssetError.UNKNOWN_DEFINITION, () -> earning().retire("none", RequestKey.of("none")));
        refused(
                CoreError.INVALID_RULE,
                () -> define(EarningProgram.of(
                        "asking",
                        POINTS,
                        List.of(BASE.scope(EarnScope.everything()
                                .audience(Rule.of(Rules.field("nothing").exists())))))));
    }

    @Test
    public final void caps_hold_however_many_tills_there_are() {
        define(EarningProgram.of("standard", POINTS, List.of(BASE)).capped(EarnCap.points(CapPeriod.DAY, 100)));
        List<Race.Attempt<Earned>> all = Race.of(20, no -> buy("30.00", "till " + no % 10));

        assertThat(all).allMatch(Race.Attempt::succeeded);
        assertThat(available()).isEqualTo(100);
        Earned capped = buy("30.00", "another");
        assertThat(capped.programs().get(0).rules())
                .extracting(RuleEarning::verdict)
                .containsExactly(EarnVerdict.CAPPED);
        crm().clock().advance(DAY);
        assertThat(buy("30.00", "tomorrow").points(POINTS)).isEqualTo(30);
    }

    @Test
    public final void what_is_taken_back_makes_room_under_caps() {
        define(BASE.capped(EarnCap.points(CapPeriod.MONTH, 100)), EarnRule.perOrder("extra", 5));
        buy("100.00", "full");
        assertThat(buy("50.00", "none").points(POINTS)).isEqualTo(5);
        Earned back = repeatable(
                () -> earning().takeBack(ann, RequestKey.of("full"), Map.of(1, yuan("33.33")), Posting.key("back")));

        assertThat(back.returned()).containsExactly(Map.entry(1, 3333L));
        assertThat(available()).isEqualTo(110 - 33 - 1);
        assertThat(buy("50.00", "again").points(POINTS)).isEqualTo(33 + 5);
        earning().takeBack(ann, RequestKey.of("full"), Map.of(1, yuan("66.67")), Posting.key("rest"));
        assertThat(available()).isEqualTo(5 + 38);
        refused(
                AssetError.RETURN_EXCEEDS_EARNING,
                () -> earning().takeBack(ann, RequestKey.of("full"), Map.of(1, yuan("0.01")), Posting.key("more")));
        refused(
                AssetError.WRONG_CURRENCY,
                () -> earning()
                        .takeBack(ann, RequestKey.of("again"), Map.of(1, Money.parse("EUR 1.00")), Posting.key("eur")));
        refused(
                AssetError.RETURN_EXCEEDS_EARNING,
                () -> earning().takeBack(ann, RequestKey.of("again"), Map.of(2, yuan("0.01")), Posting.key("more")));
        earning().cancel(ann, RequestKey.of("again"), Posting.key("cancel"));
        earning().cancel(ann, RequestKey.of("none"), Posting.key("cancel too"));
        assertThat(available()).isZero();
        assertThat(buy("100.00", "as before").points(POINTS)).isEqualTo(105);
    }

    @Test
    public final void pending_points_become_usable_after_the_return_period_or_when_released() {
        define(EarningProgram.of("standard", POINTS, List.of(BASE)).available(Availability.afterDays(7)));
        buy("10.00", "one");
        buy("20.00", "two");
        earning().takeBack(ann, RequestKey.of("two"), Map.of(1, yuan("5.00")), Posting.key("back"));
        assertThat(points().balance(ann).available()).isZero();

        Earned released = repeatable(() -> earning().release(ann, RequestKey.of("two"), Posting.key("release")));

        assertThat(released.releasedAt()).isEqualTo(crm().clock().instant());
        assertThat(available()).isEqualTo(15);
        refused(AssetError.NOT_PENDING, () -> earning().release(ann, RequestKey.of("two"), Posting.key("r2")));
        earning().takeBack(ann, RequestKey.of("two"), Map.of(1, yuan("15.00")), Posting.key("rest"));
        assertThat(available()).isZero();
        crm().clock().advance(DAY.multipliedBy(7));
        assertThat(available()).isEqualTo(10);
        refused(AssetError.NOT_PENDING, () -> earning().release(ann, RequestKey.of("one"), Posting.key("r1")));
    }

    @Test
    public final void events_earn_as_often_as_they_may() {
        define(
                EarnRule.onRegistration("welcome", 50),
                EarnRule.onBirthday("birthday", 20),
                EarnRule.on("review", Occasion.REVIEW, 3).capped(EarnCap.times(CapPeriod.DAY, 2)),
                EarnRule.onSignIn("sign-in", List.of(1L, 2L, 5L)));
        assertThat(happen(Occasion.REGISTRATION).points(POINTS)).isEqualTo(50);
        assertThat(happen(Occasion.REGISTRATION).points(POINTS)).isZero();
        assertThat(happen(Occasion.BIRTHDAY).points(POINTS)).isEqualTo(20);
        assertThat(happen(Occasion.REVIEW).points(POINTS)).isEqualTo(3);
        assertThat(happen(Occasion.REVIEW).points(POINTS)).isEqualTo(3);
        assertThat(happen(Occasion.REVIEW).points(POINTS)).isZero();
        assertThat(happen(Occasion.REFERRAL).points(POINTS)).isZero();
        for (long expected : List.of(1L, 2L, 5L, 5L)) {
            assertThat(happen(Occasion.SIGN_IN).points(POINTS)).isEqualTo(expected);
            assertThat(happen(Occasion.SIGN_IN).points(POINTS)).isZero();
            crm().clock().advance(DAY);
        }
        crm().clock().advance(DAY);
        assertThat(happen(Occasion.SIGN_IN).points(POINTS)).isEqualTo(1);
    }

    @Test
    public final void programs_earn_side_by_side_each_into_its_asset() {
        define(BASE);
        define(EarningProgram.of("growth", GROWTH, List.of(EarnRule.perMoney("base", 1, yuan("10.00")))));
        Earned earned = buy("100.00", "order");

        assertThat(earned.points(POINTS)).isEqualTo(100);
        assertThat(earned.points(GROWTH)).isEqualTo(10);
        assertThat(ledger(ACME, GROWTH, terms()).reads().balance(ann, null).available())
                .isEqualTo(10);
        earning().cancel(ann, RequestKey.of("order"), Posting.key("cancel"));
        assertThat(ledger(ACME, GROWTH, terms()).reads().balance(ann, null).available())
                .isZero();
    }

    @Test
    public final void audiences_are_asked_about_who_buys() {
        Rule chinese = Rule.of(Rules.field("profile.language").is("zh"));
        define(BASE.scope(EarnScope.everything().audience(chinese)));
        assertThat(points(of("10.00"))).isZero();
        customers().update(ProfileUpdate.of(ann, ProfilePatch.none().language("zh"), RequestKey.of("speaks")));
        assertThat(points(of("10.00"))).isEqualTo(10);
        assertThat(buy("10.00", "order").points(POINTS)).isEqualTo(10);
        customers().changeStatus(ann, CustomerStatus.RESTRICTED, RequestKey.of("restrict"));
        assertThat(points(of("10.00"))).isZero();
    }

    @Test
    public final void the_largest_purchase_is_kept_returned_and_read() {
        define(BASE, EarnRule.times("double", "2"));
        List<BasketLine> lines = IntStream.range(0, Basket.MAX_LINES)
                .mapToObj(no -> BasketLine.of(BasketLine.MAX_NO - no, "A", yuan("1.00")))
                .toList();
        earning().earn(ann, Purchase.of(Basket.of(lines)), Posting.key("large"));
        Map<Integer, Money> all = new HashMap<>();
        lines.forEach(line -> all.put(line.no(), yuan("0.50")));
        earning().takeBack(ann, RequestKey.of("large"), all, Posting.key("half"));
        assertThat(available()).isEqualTo(2000);
        earning().cancel(ann, RequestKey.of("large"), Posting.key("rest"));
        assertThat(available()).isZero();
        assertThat(earning().earned(ann, RequestKey.of("large")).orElseThrow().returned())
                .hasSize(1001);
    }

    @Test
    public final void tiers_earn_as_their_levels_say_from_the_order_on_that_reached_them() {
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("gold", 100));
        tiers().define(
                        TierProgram.of(
                                "club",
                                TierMeasure.earned(POINTS),
                                TierPeriod.ever(),
                                levels,
                                LocalDate.of(2026, 1, 1)),
                        RequestKey.of("club"));
        define(BASE, EarnRule.times("gold", "2").scope(EarnScope.everything().tier("club", Set.of("gold"))));
        assertThat(buy("100.00", "first").points(POINTS)).isEqualTo(100);
        assertThat(buy("100.00", "second").points(POINTS)).isEqualTo(200);
        tiers().retire("club", RequestKey.of("retire"));
        assertThat(buy("100.00", "third").points(POINTS)).isEqualTo(100);
    }

    @Test
    public final void what_the_ledger_refuses_leaves_nothing_a_host_could_commit() {
        define(BASE);
        var rules = new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of());
        var capped = new Earning(ACME, terms().cappedAt(50), crm().earnPorts(), rules, tiers());
        capped.earn(ann, of("30.00"), Posting.key("first"));
        points().spend(ann, 25, Posting.key("spend"));
        List<String> before = crm().dump();
        try (HostTransaction host = crm().begin()) {
            assertThat(Race.attempt(() -> capped.earn(ann, of("60.00"), Posting.key("much")))
                            .refusal())
                    .isNotNull();
            assertThat(Race.attempt(() -> capped.cancel(ann, RequestKey.of("first"), Posting.key("cancel")))
                            .refusal())
                    .isNotNull();
            host.commit();
        }
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void a_host_that_rolls_back_leaves_nothing() {
        define(BASE);
        buy("1.00", "first");
        List<String> before = crm().dump();
        rolledBack(() -> buy("10.00", "order"));
        assertThat(crm().dump()).isEqualTo(before);
    }

    @Test
    public final void merged_customers_share_caps_and_give_back_what_either_earned() {
        define(BASE.capped(EarnCap.points(CapPeriod.CUSTOMER, 100)));
        CustomerId bob = crm().newCustomer(ACME);
        earning().earn(bob, of("60.00"), Posting.key("bob's"));
        buy("30.00", "ann's");
        merges().merge(ann, bob, MergeStrategy.standard(), RequestKey.of("merge"));

        assertThat(earning().earn(bob, of("60.00"), Posting.key("more")).points(POINTS))
                .isEqualTo(10);
        assertThat(available()).isEqualTo(100);
        earning().takeBack(ann, RequestKey.of("bob's"), Map.of(1, yuan("30.00")), Posting.key("back"));
        assertThat(available()).isEqualTo(70);
        assertThat(earning().earned(bob, RequestKey.of("bob's")).orElseThrow().returned())
                .containsExactly(Map.entry(1, 3000L));
        assertThat(buy("60.00", "last").points(POINTS)).isEqualTo(30);
        merges().unmerge(bob, RequestKey.of("unmerge"));
        assertThat(earning().earn(bob, of("60.00"), Posting.key("alone")).points(POINTS))
                .isEqualTo(40);
    }
}
