package dev.retailcrm.assets.earn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.checkout.TenderKind;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.AssetError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.joda.money.Money;

class EarningPropertyTest {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final Asset POINTS = Asset.points("standard");
    private static final EarnRule BASE = EarnRule.perMoney("base", 1, money("1.00"));

    @Example
    void blocks_are_counted_as_they_are_rounded() {
        var pairs = EarnRule.of("pairs", new EarnBasis.PerUnit(3, 2, RoundingMode.UP));
        assertThat(points(of(units(2)), pairs)).isEqualTo(3);
        assertThat(points(of(units(5)), pairs)).isEqualTo(9);
        assertThat(Block.whole(3).used(10)).isEqualTo(9);
        assertThat(Block.started(2).count(5)).isEqualTo(3);
        assertThat(new Block(100, RoundingMode.HALF_UP).count(150)).isEqualTo(2);
        assertThat(points(of(line(1, "0.60"), line(2, "0.60")), BASE)).isEqualTo(1);
    }

    @Example
    void the_base_is_what_is_paid_after_discounts_whatever_with() {
        Purchase hundred = of(line(1, "100.00"));
        assertThat(points(hundred.paid(TenderKind.STORED_VALUE, money("10.00")), BASE))
                .isEqualTo(100);
        assertThat(points(hundred.paid(TenderKind.GIFT_CARD, money("50.00")), BASE))
                .isEqualTo(100);
        assertThat(points(hundred.paid(TenderKind.POINTS, money("10.00")), BASE))
                .isEqualTo(90);
        assertThat(points(Purchase.of(hundred.basket().discount("10%", money("10.00"))), BASE))
                .isEqualTo(90);
        var reduced = program(BASE).base(EarnBase.standard().reducedBy(Set.of(TenderKind.STORED_VALUE)));
        assertThat(points(reduced, hundred.paid(TenderKind.STORED_VALUE, money("10.00"))))
                .isEqualTo(90);
    }

    @Example
    void a_code_for_all_of_an_order_falls_on_its_lines_or_is_left_out() {
        var basket = Basket.of(line(1, "100.00").category("earning"), line(2, "50.00"))
                .discount("10%", money("15.00"));
        var program = program(BASE.scope(EarnScope.everything().categories(Set.of("earning"))));

        assertThat(basket.net()).isEqualTo(money("135.00"));
        assertThat(points(program, Purchase.of(basket))).isEqualTo(90);
        assertThat(points(program.base(EarnBase.standard().beforeDiscounts()), Purchase.of(basket)))
                .isEqualTo(100);
    }

    @Example
    void freight_and_excluded_lines_never_earn() {
        var purchase = of(
                line(1, "10.00"),
                line(2, "7.00").kind(LineKind.FREIGHT),
                line(3, "9.00").kind(LineKind.EXCLUDED));
        assertThat(points(purchase, BASE)).isEqualTo(10);
        var tens = purchase.paid(TenderKind.POINTS, money("26.00"));
        assertThat(points(tens, BASE)).isZero();
    }

    @Example
    void goods_outside_the_scope_do_not_earn() {
        var goods = new EarnScope.Goods(new TreeSet<>(Set.of("B")), new TreeSet<>(), new TreeSet<>(Set.of("bad")));
        var scope = EarnScope.everything().except(goods);
        var purchase = of(
                BasketLine.of(1, "A", money("1.00")),
                BasketLine.of(2, "B", money("2.00")),
                BasketLine.of(3, "C", money("4.00")).brand("bad"));
        assertThat(points(purchase, BASE.scope(scope))).isEqualTo(1);
        assertThat(points(purchase, BASE.scope(EarnScope.everything().brands(Set.of("bad")))))
                .isEqualTo(4);
        assertThat(points(purchase, BASE.scope(EarnScope.everything().skus(Set.of("A", "B")))))
                .isEqualTo(3);
        assertThat(points(purchase, BASE.scope(EarnScope.everything().stores(Set.of("S1")))))
                .isZero();
    }

    @Example
    void a_minimum_must_be_met_by_what_is_covered() {
        assertThat(points(of(line(1, "99.99")), BASE.minimum(money("100.00")))).isZero();
        assertThat(points(of(line(1, "100.00")), BASE.minimum(money("100.00")))).isEqualTo(100);
        assertThat(points(of(units(2)), EarnRule.perUnit("u", 1).minimum(3))).isZero();
        assertThat(points(of(units(3)), EarnRule.perUnit("u", 1).minimum(3))).isEqualTo(3);
    }

    @Example
    void rules_are_added_or_the_best_counts_or_one_alone() {
        var two = EarnRule.perMoney("two", 2, money("1.00"));
        var three = EarnRule.perMoney("three", 3, money("1.00"));
        var ten = of(line(1, "10.00"));
        assertThat(points(ten, BASE, two, three)).isEqualTo(60);
        assertThat(points(ten, BASE, two.stacking(Stacking.BEST, 0), three.stacking(Stacking.BEST, 0)))
                .isEqualTo(40);
        assertThat(points(ten, BASE, two.stacking(Stacking.EXCLUSIVE, 1), three.stacking(Stacking.EXCLUSIVE, 0)))
                .isEqualTo(20);
    }

    @Example
    void the_best_is_chosen_line_by_line() {
        var tea = EarnRule.perMoney("tea", 2, money("1.00"))
                .scope(EarnScope.everything().categories(Set.of("tea")))
                .stacking(Stacking.BEST, 0);
        var purchase = of(line(1, "10.00").category("tea"), line(2, "10.00"));
        assertThat(points(purchase, BASE.stacking(Stacking.BEST, 0), tea)).isEqualTo(30);
    }

    @Example
    void multipliers_multiply_what_is_earned_by_money_and_pieces_and_extras_are_added() {
        var purchase = of(line(1, "10.00"));
        var twice = EarnRule.times("x2", "2");
        var half = EarnRule.times("x1.5", "1.5");
        assertThat(points(purchase, BASE, twice, EarnRule.perOrder("extra", 7))).isEqualTo(27);
        assertThat(points(purchase, BASE, twice, half)).isEqualTo(25);
        assertThat(points(purchase, BASE, twice.stacking(Stacking.BEST, 0), half.stacking(Stacking.BEST, 0)))
                .isEqualTo(20);
        assertThat(points(of(line(1, "1.00")), BASE, half)).isEqualTo(1);
    }

    @Example
    void amounts_above_every_float_are_exact() {
        assertThat(points(of(line(1, "268435.47")), EarnRule.perMoney("cent", 1, money("0.01"))))
                .isEqualTo(26_843_547);
        assertThat(points(of(line(1, "100000000000.00")), EarnRule.perMoney("cent", 100, money("0.01"))))
                .isEqualTo(1_000_000_000_000_000L);
        assertThatThrownBy(() -> points(of(line(1, "100000000000.00")), EarnRule.perMoney("c", 101, money("0.01"))))
                .isInstanceOf(CrmException.class);
    }

    @Example
    void an_order_cap_binds_and_says_so() {
        var capped = program(BASE.capped(EarnCap.points(CapPeriod.ORDER, 5)), EarnRule.perOrder("extra", 7))
                .capped(EarnCap.points(CapPeriod.ORDER, 10));
        var earned = earned(capped, of(line(1, "10.00"), line(2, "20.00")), List.of());

        assertThat(earned.rules())
                .extracting(RuleEarning::rule, RuleEarning::points, RuleEarning::cap)
                .containsExactly(tuple("base", 5L, CapPeriod.ORDER), tuple("extra", 5L, CapPeriod.ORDER));
        assertThat(earned.lines()).extracting(LineEarning::points).containsExactly(3L, 7L);
    }

    @Example
    void times_are_the_retailers() {
        assertThat(EarnTime.always().covers(Instant.EPOCH, ZONE)).isTrue();
        var days = EarnTime.always().from(LocalDate.of(2026, 3, 1)).through(LocalDate.of(2026, 3, 1));
        assertThat(days.covers(local("2026-03-01T00:00:00"), ZONE)).isTrue();
        assertThat(days.covers(local("2026-03-01T23:59:59.999"), ZONE)).isTrue();
        assertThat(days.covers(local("2026-02-28T23:59:59.999"), ZONE)).isFalse();
        assertThat(days.covers(local("2026-03-02T00:00:00"), ZONE)).isFalse();
        var night = EarnTime.always()
                .between(LocalTime.of(22, 0), LocalTime.of(2, 0))
                .on(Set.of(DayOfWeek.FRIDAY));
        assertThat(night.covers(local("2026-03-06T22:00:00"), ZONE)).isTrue();
        assertThat(night.covers(local("2026-03-07T01:59:59"), ZONE)).isTrue();
        assertThat(night.covers(local("2026-03-07T02:00:00"), ZONE)).isFalse();
        assertThat(night.covers(local("2026-03-06T01:00:00"), ZONE)).isFalse();
        var member = EarnTime.always().onMemberDays(Set.of(31));
        assertThat(member.covers(local("2026-03-31T12:00:00"), ZONE)).isTrue();
        assertThat(member.covers(local("2026-04-30T12:00:00"), ZONE)).isFalse();
    }

    @Example
    void an_hour_that_comes_twice_counts_twice_and_one_that_is_left_out_never() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        var two = EarnTime.always().between(LocalTime.of(2, 0), LocalTime.of(3, 0));
        assertThat(two.covers(Instant.parse("2026-10-25T00:30:00Z"), berlin)).isTrue();
        assertThat(two.covers(Instant.parse("2026-10-25T01:30:00Z"), berlin)).isTrue();
        assertThat(two.covers(Instant.parse("2026-03-29T00:59:59Z"), berlin)).isFalse();
        assertThat(two.covers(Instant.parse("2026-03-29T01:00:00Z"), berlin)).isFalse();
    }

    @Example
    void programs_are_read_as_they_were_written() {
        var scope = EarnScope.everything()
                .skus(Set.of("A", "B"))
                .categories(Set.of("c"))
                .stores(Set.of("S1"))
                .channels(Set.of("app"))
                .tier("club", Set.of("gold"))
                .audience(Rule.of(Rules.field("status").exists()))
                .time(EarnTime.always()
                        .from(LocalDate.of(2026, 1, 1))
                        .on(Set.of(DayOfWeek.MONDAY))
                        .onDates(Set.of(LocalDate.of(2026, 11, 11)))
                        .onMemberDays(Set.of(8, 18))
                        .between(LocalTime.of(9, 30), LocalTime.of(18, 0)));
        var program = program(
                        BASE.scope(scope).minimum(money("10.00")).stacking(Stacking.BEST, -3),
                        EarnRule.times("t", "1.25"),
                        EarnRule.perOrder("o", 3).capped(EarnCap.times(CapPeriod.WEEK, 2)),
                        EarnRule.of("u", new EarnBasis.PerUnit(3, 2, RoundingMode.UP))
                                .minimum(2),
                        EarnRule.onSignIn("s", List.of(1L, 2L)),
                        EarnRule.onCustom("c", "shared", 4))
                .base(EarnBase.standard().beforeDiscounts().reducedBy(Set.of()))
                .available(Availability.onRelease())
                .capped(EarnCap.points(CapPeriod.CUSTOMER, 9));

        assertThat(EarningProgram.parse(program.toJson())).isEqualTo(program);
        assertThat(EarningProgram.parse(program.toJson()).toJson()).isEqualTo(program.toJson());
    }

    @Example
    void hostile_json_is_refused_with_its_place() {
        String good = program(BASE).toJson();
        List<String> bad = new ArrayList<>(List.of(
                "",
                "{",
                "[]",
                "null",
                "{}{}",
                good + "x",
                good.replace("\"asset\"", "\"Asset\""),
                good.replace("points:standard", "stored:CNY"),
                good.replace("points:standard", "points:"),
                good.replace("\"points\":1,", "\"points\":1e3,"),
                good.replace("\"points\":1,", "\"points\":1,\"points\":2,"),
                good.replace("\"points\":1,", "\"points\":99999999999999999999,"),
                good.replace("CNY 1.00", "CNY 1.001"),
                good.replace("CNY 1.00", "XXX"),
                good.replace("CNY 1.00", "CNY 1e999999999"),
                good.replace("MONEY", "FREE"),
                good.replace("DOWN", "CEILING"),
                good.replace("\"key\":\"base\"", "\"key\":\"\\u0000\""),
                good.replace("\"priority\":0", "\"priority\":4294967296"),
                good.replace("\"scope\":{}", "\"scope\":{\"audience\":\"{}\"}"),
                good.replace("\"scope\":{}", "\"scope\":{\"time\":{\"from\":\"2026-13-01\"}}"),
                "[".repeat(100_000),
                "{\"key\":\"" + "x".repeat(200_000) + "\"}",
                " ".repeat(EarningProgram.MAX_BYTES + 1)));
        for (String json : bad) {
            assertThatThrownBy(() -> EarningProgram.parse(json))
                    .as(json.substring(0, Math.min(80, json.length())))
                    .isInstanceOfSatisfying(
                            CrmException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(AssetError.INVALID_DEFINITION));
        }
    }

    @Property
    void returns_in_any_order_take_back_exactly_what_was_earned(
            @ForAll @Size(min = 1, max = 5) List<@IntRange(min = 1, max = 100_000) Integer> cents,
            @ForAll @Size(max = 12) List<@IntRange(min = 1, max = 50_000) Integer> returns) {
        BasketLine[] lines = new BasketLine[cents.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = BasketLine.of(i, "A", Money.ofMinor(money("1").getCurrencyUnit(), cents.get(i)));
        }
        var program = program(BASE, EarnRule.times("x", "1.75"), EarnRule.perOrder("o", 13));
        ProgramEarning earning = earned(program, of(lines), List.of());
        SortedMap<Integer, Long> returned = new TreeMap<>();
        Earned earned = earnedOf(earning);
        long taken = 0;
        for (int i = 0; i < returns.size(); i++) {
            int line = i % lines.length;
            long left = cents.get(line) - returned.getOrDefault(line, 0L);
            long amount = Math.min(left, returns.get(i));
            SortedMap<Integer, Long> next = new TreeMap<>(returned);
            next.merge(line, amount, Long::sum);
            long more =
                    Return.of(earned).back(earning, next) - Return.of(earned).back(earning, returned);
            assertThat(more).isNotNegative();
            taken += more;
            returned = next;
        }
        assertThat(taken).isEqualTo(Return.of(earned).back(earning, returned)).isLessThanOrEqualTo(earning.points());
        for (int i = 0; i < lines.length; i++) {
            returned.put(i, (long) cents.get(i));
        }
        assertThat(Return.of(earned).back(earning, returned)).isEqualTo(earning.points());
    }

    @Property
    void what_lines_earned_is_what_was_earned(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 100_000) Integer> cents,
            @ForAll @IntRange(min = 1, max = 500) int cap) {
        BasketLine[] lines = new BasketLine[cents.size()];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = BasketLine.of(i, "A", Money.ofMinor(money("1").getCurrencyUnit(), cents.get(i)));
        }
        ProgramEarning earning = earned(
                program(BASE, EarnRule.times("x", "2.5"), EarnRule.perOrder("o", 11))
                        .capped(EarnCap.points(CapPeriod.ORDER, cap)),
                of(lines),
                List.of());

        assertThat(earning.points()).isBetween(0L, (long) cap);
        assertThat(earning.lines().stream().mapToLong(LineEarning::points).sum())
                .isEqualTo(earning.points());
        assertThat(EarnText.outcome(EarnText.of(new EarnOutcome(List.of(earning), List.of(), null)))
                        .programs())
                .containsExactly(earning);
    }

    private static Earned earnedOf(ProgramEarning earning) {
        return new Earned(
                CustomerId.of(1),
                1,
                RequestKey.of("k"),
                null,
                Instant.EPOCH,
                null,
                null,
                new EarnOutcome(List.of(earning), List.of(), null),
                new TreeMap<>(Map.of()),
                null);
    }

    private static ProgramEarning earned(EarningProgram program, Purchase purchase, List<CapUse> uses) {
        return new Judgement(
                        List.of(program),
                        Merit.of(purchase),
                        local("2026-03-01T12:00:00"),
                        ZONE,
                        asked -> asked,
                        asked -> Map.of())
                .calculate(new CapUses(uses))
                .programs()
                .get(0);
    }

    private static long points(EarningProgram program, Purchase purchase) {
        return earned(program, purchase, List.of()).points();
    }

    private static long points(Purchase purchase, EarnRule... rules) {
        return points(program(rules), purchase);
    }

    private static EarningProgram program(EarnRule... rules) {
        return EarningProgram.of("standard", POINTS, List.of(rules));
    }

    private static Purchase of(BasketLine... lines) {
        return Purchase.of(Basket.of(lines));
    }

    private static BasketLine line(int no, String amount) {
        return BasketLine.of(no, "A", money(amount));
    }

    private static BasketLine units(int units) {
        return BasketLine.of(1, "A", money("1.00")).quantity(new BigDecimal(units));
    }

    private static Instant local(String dateTime) {
        return LocalDateTime.parse(dateTime).atZone(ZONE).toInstant();
    }

    private static Money money(String amount) {
        return Money.parse("CNY " + amount);
    }
}
