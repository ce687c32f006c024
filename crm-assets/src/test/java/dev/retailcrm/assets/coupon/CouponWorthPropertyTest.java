package dev.retailcrm.assets.coupon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.LineKind;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.EveryFull;
import dev.retailcrm.assets.coupon.CouponBenefit.Exchange;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponBenefit.NForM;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponBenefit.Shipping;
import dev.retailcrm.assets.coupon.CouponWorth.Refusal;
import dev.retailcrm.core.kernel.StoreId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

class CouponWorthPropertyTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final CouponBenefit TENTH = new PercentOff(1_000, null);

    private static Money yuan(String amount) {
        return Money.of(CNY, new BigDecimal(amount));
    }

    private static CouponTemplate taking(CouponBenefit benefit) {
        return CouponTemplate.of("c", "Coupon", benefit);
    }

    private static BasketLine line(int no, String amount) {
        return BasketLine.of(no, "sku-" + no, yuan(amount));
    }

    private static BasketLine freight(int no, String amount) {
        return line(no, amount).kind(LineKind.FREIGHT);
    }

    private static List<String> off(CouponWorth worth) {
        List<String> shown = new ArrayList<>();
        worth.byLine().forEach((no, amount) -> shown.add(no + ": " + amount.getAmount()));
        return shown;
    }

    // --- exact cases

    @Example
    void one_off_two_and_one_and_a_half_falls_57_and_43() {
        CouponWorth worth = taking(new AmountOff(yuan("1.00"))).worth(Basket.of(line(1, "2.00"), line(2, "1.50")));

        assertThat(off(worth)).containsExactly("1: 0.57", "2: 0.43");
    }

    @Example
    void three_times_ten_percent_off_three_hundred_one_after_the_other() {
        Basket basket = Basket.of(line(1, "300.00"));
        List<Money> left = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            basket = taking(TENTH).worth(basket).takenOff(basket, "c" + i);
            left.add(basket.net());
        }

        assertThat(left).containsExactly(yuan("270.00"), yuan("243.00"), yuan("218.70"));
    }

    @Example
    void percents_of_large_amounts_do_not_overflow() {
        assertThat(taking(TENTH).worth(Basket.of(line(1, "268435.46"))).total()).isEqualTo(yuan("26843.55"));
        assertThat(taking(TENTH).worth(Basket.of(line(1, "268435.45"))).total()).isEqualTo(yuan("26843.55"));
        assertThat(taking(new PercentOff(10_000, null))
                        .worth(Basket.of(line(1, "100000000000.00")))
                        .total())
                .isEqualTo(yuan("100000000000.00"));
        assertThat(taking(new PercentOff(9_999, null))
                        .worth(Basket.of(line(1, "99999999999.99")))
                        .total())
                .isEqualTo(yuan("99989999999.99"));
    }

    @Example
    void a_ceiling_bounds_a_percentage() {
        var capped = taking(new PercentOff(5_000, yuan("15.00")));
        assertThat(capped.worth(Basket.of(line(1, "20.00"))).total()).isEqualTo(yuan("10.00"));
        assertThat(capped.worth(Basket.of(line(1, "200.00"))).total()).isEqualTo(yuan("15.00"));
    }

    @Example
    void an_amount_takes_no_more_than_is_left() {
        Basket basket = Basket.of(line(1, "3.00").discount("other", yuan("1.00")), freight(2, "5.00"));
        assertThat(off(taking(new AmountOff(yuan("10.00"))).worth(basket))).containsExactly("1: 2.00");
    }

    @Example
    void each_full_threshold_takes_its_amount() {
        var coupon = taking(new EveryFull(yuan("100.00"), yuan("10.00"), 3));
        assertThat(coupon.worth(Basket.of(line(1, "99.99"))).refusal()).isEqualTo(Refusal.NOTHING_LEFT);
        assertThat(coupon.worth(Basket.of(line(1, "100.00"))).total()).isEqualTo(yuan("10.00"));
        assertThat(coupon.worth(Basket.of(line(1, "299.99"))).total()).isEqualTo(yuan("20.00"));
        assertThat(coupon.worth(Basket.of(line(1, "1000.00"))).total()).isEqualTo(yuan("30.00"));
    }

    @Example
    void the_cheapest_units_of_a_set_are_free() {
        var coupon = taking(new NForM(3, 2));
        Basket seven = Basket.of(line(1, "40.00").quantity(4), line(2, "15.00").quantity(3));
        assertThat(off(coupon.worth(seven))).containsExactly("2: 10.00");
        assertThat(coupon.worth(Basket.of(line(1, "20.00").quantity(2))).refusal())
                .isEqualTo(Refusal.NOTHING_LEFT);
        Basket uneven = Basket.of(line(1, "10.00").quantity(3));
        assertThat(coupon.worth(uneven).total()).isEqualTo(yuan("3.33"));
        Basket weighed = Basket.of(
                line(1, "10.00").quantity(new BigDecimal("3.5")),
                line(2, "9.00").quantity(3));
        assertThat(off(coupon.worth(weighed))).containsExactly("2: 3.00");
    }

    @Example
    void free_and_exchanged_units_are_the_cheapest_in_scope() {
        Basket basket = Basket.of(line(1, "8.00"), line(2, "12.00").quantity(2), line(3, "1.00"));
        CouponScope two = CouponScope.all().skus("sku-1", "sku-2");
        assertThat(off(taking(new FreeItem(2)).within(two).worth(basket))).containsExactly("2: 12.00");
        assertThat(off(taking(new Exchange(yuan("6.50"), 3)).within(two).worth(basket)))
                .containsExactly("1: 1.50");
        assertThat(off(taking(new Exchange(yuan("1.00"), 1)).within(two).worth(basket)))
                .containsExactly("2: 5.00");
    }

    @Example
    void shipping_is_taken_off_freight_if_there_are_goods_for_it() {
        Basket basket = Basket.of(line(1, "50.00"), freight(2, "6.00"), freight(3, "3.00"));
        var coupon = taking(new Shipping(yuan("6.00"))).from(yuan("50.00"));
        assertThat(off(coupon.worth(basket))).containsExactly("2: 4.00", "3: 2.00");
        assertThat(taking(new Shipping(null)).worth(basket).total()).isEqualTo(yuan("9.00"));
        assertThat(taking(new Shipping(null))
                        .worth(Basket.of(freight(1, "9.00")))
                        .refusal())
                .isEqualTo(Refusal.SCOPE);
        assertThat(taking(new Shipping(null)).worth(Basket.of(line(1, "9.00"))).refusal())
                .isEqualTo(Refusal.NOTHING_LEFT);
    }

    @Example
    void why_it_takes_nothing() {
        Basket basket = Basket.of(line(1, "10.00").category("tea").brand("Q")).in(StoreId.of("S01"));
        var coupon = taking(TENTH);
        assertThat(coupon.from(yuan("15.00")).worth(basket).missing()).isEqualTo(yuan("5.00"));
        assertThat(coupon.fromUnits(2).worth(basket).refusal()).isEqualTo(Refusal.UNITS);
        assertThat(coupon.within(CouponScope.all().stores(StoreId.of("S02")))
                        .worth(basket)
                        .refusal())
                .isEqualTo(Refusal.STORE);
        assertThat(coupon.within(CouponScope.all().channels("app"))
                        .worth(basket)
                        .refusal())
                .isEqualTo(Refusal.CHANNEL);
        assertThat(coupon.within(CouponScope.all().categories("Tea"))
                        .worth(basket)
                        .refusal())
                .isEqualTo(Refusal.SCOPE);
        assertThat(coupon.within(CouponScope.all().categories("tea"))
                        .worth(basket)
                        .isSomething())
                .isTrue();
        assertThat(coupon.within(CouponScope.all().brands("Q", "R"))
                        .worth(basket)
                        .isSomething())
                .isTrue();
        assertThat(taking(new AmountOff(Money.of(CurrencyUnit.EUR, 1)))
                        .worth(basket)
                        .refusal())
                .isEqualTo(Refusal.CURRENCY);
        Basket excluded = Basket.of(line(1, "10.00").kind(LineKind.EXCLUDED));
        assertThat(coupon.worth(excluded).refusal()).isEqualTo(Refusal.SCOPE);
    }

    @Example
    void what_can_be_used_together() {
        CouponTemplate a = taking(TENTH).stacking(CouponStacking.any().in("g"));
        CouponTemplate b =
                CouponTemplate.of("d", "D", TENTH).stacking(CouponStacking.any().in("g"));
        CouponTemplate free =
                CouponTemplate.of("e", "E", TENTH).stacking(CouponStacking.any().times(2));
        CouponTemplate alone = CouponTemplate.of("f", "F", TENTH)
                .stacking(CouponStacking.any().times(2).onItsOwn());

        assertThat(CouponStacking.areCombinable(List.of(a, free, free))).isTrue();
        assertThat(CouponStacking.areCombinable(List.of(a, b))).isFalse();
        assertThat(CouponStacking.areCombinable(List.of(a, a))).isFalse();
        assertThat(CouponStacking.areCombinable(List.of(free, free, free))).isFalse();
        assertThat(CouponStacking.areCombinable(List.of(alone, alone))).isTrue();
        assertThat(CouponStacking.areCombinable(List.of(alone, free))).isFalse();
        assertThat(CouponStacking.areCombinable(List.of())).isTrue();
    }

    @Example
    void days_follow_the_zone_also_when_clocks_change() {
        var zone = ZoneId.of("Europe/Berlin");
        Instant before = Instant.parse("2026-03-28T22:30:00Z");
        assertThat(CouponValidity.days(2).until(before, zone)).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(CouponValidity.days(1).after(1).from(before, zone)).isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
        var fixed = CouponValidity.between(LocalDate.of(2026, 3, 29), LocalDate.of(2026, 3, 29));
        assertThat(fixed.from(before, zone)).isEqualTo(Instant.parse("2026-03-28T23:00:00Z"));
        assertThat(fixed.until(before, zone)).isEqualTo(Instant.parse("2026-03-29T22:00:00Z"));
    }

    // --- laws

    @Provide
    Arbitrary<CouponBenefit> benefits() {
        Arbitrary<Money> amounts =
                Arbitraries.longs().between(1, Basket.MAX_MINOR).map(it -> Money.ofMinor(CNY, it));
        Arbitrary<Integer> units = Arbitraries.integers().between(1, 20);
        return Arbitraries.oneOf(
                amounts.map(AmountOff::new),
                Combinators.combine(Arbitraries.integers().between(1, 10_000), amounts.injectNull(0.5))
                        .as(PercentOff::new),
                Combinators.combine(amounts, amounts, units)
                        .as((one, other, times) -> one.isGreaterThan(other)
                                ? new EveryFull(one, other, times)
                                : new EveryFull(other, one, times)),
                Combinators.combine(amounts, units).as(Exchange::new),
                Combinators.combine(units, units).as((n, m) -> new NForM(n + m, m)),
                units.map(FreeItem::new),
                amounts.injectNull(0.5).map(Shipping::new));
    }

    @Provide
    Arbitrary<Basket> baskets() {
        Arbitrary<BasketLine> lines = Combinators.combine(
                        Arbitraries.longs().between(0, 1_000_000_000_000L),
                        Arbitraries.oneOf(
                                Arbitraries.longs().between(1, 9).map(BigDecimal::valueOf),
                                Arbitraries.longs().between(1, 9_999).map(it -> BigDecimal.valueOf(it, 3))),
                        Arbitraries.of(LineKind.class),
                        Arbitraries.longs().between(0, 1_000_000_000_000L))
                .as((minor, quantity, kind, off) -> {
                    BasketLine line = BasketLine.of(0, "sku", Money.ofMinor(CNY, minor))
                            .quantity(quantity)
                            .kind(kind);
                    long less = Math.min(off, minor);
                    return less == 0 ? line : line.discount("before", Money.ofMinor(CNY, less / 2 + 1));
                });
        return lines.list().ofMinSize(1).ofMaxSize(6).map(CouponWorthPropertyTest::numbered);
    }

    private static Basket numbered(List<BasketLine> lines) {
        List<BasketLine> numbered = new ArrayList<>();
        for (BasketLine line : lines) {
            BasketLine other = BasketLine.of(numbered.size(), line.sku(), line.gross())
                    .quantity(line.quantity())
                    .kind(line.kind());
            numbered.add(
                    line.discounts().isEmpty()
                            ? other
                            : other.discount(line.discounts().get(0)));
        }
        return Basket.of(numbered);
    }

    @Property
    void the_sum_of_the_lines_is_the_total_and_no_line_falls_below_zero(
            @ForAll("benefits") CouponBenefit benefit, @ForAll("baskets") Basket basket) {
        CouponWorth worth = taking(benefit).worth(basket);

        assertThat(worth.byLine().values().stream().reduce(Money.zero(CNY), Money::plus))
                .isEqualTo(worth.total());
        assertThat(worth.isSomething()).isEqualTo(worth.total().isPositive());
        Basket after = worth.takenOff(basket, "c");
        assertThat(after.net()).isEqualTo(basket.net().minus(worth.total()));
        assertThat(after.lines()).noneMatch(line -> line.net().isNegative());
        LineKind kind = benefit instanceof Shipping ? LineKind.FREIGHT : LineKind.GOODS;
        assertThat(basket.lines())
                .filteredOn(line -> worth.byLine().containsKey(line.no()))
                .allMatch(line -> line.kind() == kind);
    }

    @Property
    void the_order_of_lines_does_not_change_the_total(
            @ForAll("benefits") CouponBenefit benefit, @ForAll("baskets") Basket basket) {
        List<BasketLine> reversed = new ArrayList<>(basket.lines());
        Collections.reverse(reversed);

        assertThat(taking(benefit).worth(Basket.of(reversed)).total())
                .isEqualTo(taking(benefit).worth(basket).total());
    }

    @Property
    void a_template_is_read_as_it_was_written(@ForAll("benefits") CouponBenefit benefit) {
        CouponTemplate template = taking(benefit)
                .within(CouponScope.all().skus("a", "A").stores(StoreId.of("S")))
                .fromUnits(3)
                .limitedTo(CouponLimits.none().total(7).perDay(3))
                .at(4);

        assertThat(CouponText.template(CouponText.of(template))).isEqualTo(template);
        assertThat(Stream.of(template, template.named("Other"))
                        .map(CouponText::of)
                        .distinct())
                .hasSize(2);
    }
}
