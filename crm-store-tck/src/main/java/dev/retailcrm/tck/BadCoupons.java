package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponBenefit.AmountOff;
import dev.retailcrm.assets.coupon.CouponBenefit.EveryFull;
import dev.retailcrm.assets.coupon.CouponBenefit.Exchange;
import dev.retailcrm.assets.coupon.CouponBenefit.FreeItem;
import dev.retailcrm.assets.coupon.CouponBenefit.NForM;
import dev.retailcrm.assets.coupon.CouponBenefit.PercentOff;
import dev.retailcrm.assets.coupon.CouponBenefit.Shipping;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCodes;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponScope;
import dev.retailcrm.assets.coupon.CouponStacking;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponValidity;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.tck.BadValues.Bad;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Bad values of what concerns coupons. Stateless. */
final class BadCoupons {
    private static final Money ONE = Money.of(CurrencyUnit.of("CNY"), BigDecimal.ONE);
    private static final Money ZERO = ONE.minus(ONE);
    private static final CouponId UNKNOWN = CouponId.of(7);

    private BadCoupons() {}

    static Stream<Bad> templates() {
        CouponTemplate good = CouponTemplate.of("bad", "Bad", new AmountOff(ONE));
        return Stream.of(
                        codes(CouponTemplate.MAX_KEY)
                                .map(it -> bad("key " + it, () -> CouponTemplate.of(it, "Bad", good.benefit()))),
                        texts(CouponTemplate.MAX_NAME).map(it -> bad("name " + it, () -> good.named(it))),
                        benefits().map(it -> bad("benefit", () -> good.taking(it.get()))),
                        codes(64)
                                .map(it -> bad(
                                        "SKU " + it,
                                        () -> good.within(CouponScope.all().skus(it)))),
                        codes(64)
                                .map(it -> bad(
                                        "category " + it,
                                        () -> good.within(CouponScope.all().categories(it)))),
                        codes(64)
                                .map(it -> bad(
                                        "brand " + it,
                                        () -> good.within(CouponScope.all().brands(it)))),
                        codes(20)
                                .map(it -> bad(
                                        "channel " + it,
                                        () -> good.within(CouponScope.all().channels(it)))),
                        codes(60)
                                .map(it -> bad(
                                        "group " + it,
                                        () -> good.stacking(CouponStacking.any().in(it)))),
                        Stream.of(
                                bad("no minimum", () -> good.from(ZERO)),
                                bad("another currency", () -> good.from(Money.of(CurrencyUnit.EUR, 1))),
                                bad("minus a unit", () -> good.fromUnits(-1)),
                                bad(
                                        "never on a basket",
                                        () -> good.stacking(CouponStacking.any().times(0))),
                                bad("no days", () -> good.good(CouponValidity.days(0))),
                                bad("too many days", () -> good.good(CouponValidity.days(36_601))),
                                bad(
                                        "after the end",
                                        () -> good.good(CouponValidity.between(
                                                LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 1)))),
                                bad(
                                        "for ever",
                                        () -> good.good(
                                                CouponValidity.between(LocalDate.of(2026, 1, 2), LocalDate.MAX))),
                                bad(
                                        "minus one",
                                        () -> good.limitedTo(CouponLimits.none().total(-1))),
                                bad(
                                        "too many",
                                        () -> good.limitedTo(CouponLimits.none().perDay(Long.MAX_VALUE)))))
                .flatMap(it -> it);
    }

    private static Stream<Supplier<CouponBenefit>> benefits() {
        return Stream.of(
                () -> new AmountOff(ZERO),
                () -> new AmountOff(ONE.negated()),
                () -> new AmountOff(Money.of(CurrencyUnit.of("CNY"), new BigDecimal("1E+30"))),
                () -> new PercentOff(0, null),
                () -> new PercentOff(10_001, null),
                () -> new PercentOff(100, ZERO),
                () -> new EveryFull(ONE, ONE.plus(1), 1),
                () -> new EveryFull(ONE, Money.of(CurrencyUnit.EUR, 1), 1),
                () -> new EveryFull(ONE, ONE, 0),
                () -> new Exchange(ONE.negated(), 1),
                () -> new Exchange(ONE, 0),
                () -> new NForM(1, 1),
                () -> new NForM(3, 3),
                () -> new NForM(3, 0),
                () -> new FreeItem(0),
                () -> new FreeItem(10_001),
                () -> new Shipping(ZERO));
    }

    static Stream<Bad> claims() {
        return Stream.concat(
                codes(CouponTemplate.MAX_KEY).map(it -> bad("template " + it, () -> CouponClaim.of(it))),
                Stream.of(
                        bad("an unknown template", () -> CouponClaim.of("nothing")),
                        bad("none", () -> CouponClaim.of("ten", 0)),
                        bad("101", () -> CouponClaim.upTo("ten", 101))));
    }

    static Stream<Bad> presented() {
        return Stream.of(
                        texts(CouponCodes.LONGEST).map(it -> bad("code " + it, () -> PresentedCode.of(it, "till-1"))),
                        codes(64).map(it -> bad("origin " + it, () -> PresentedCode.of("code", it))),
                        Stream.of(bad("an unknown code", () -> PresentedCode.of("0000-0000-0000-0000", "till-1"))))
                .flatMap(it -> it);
    }

    static Stream<Bad> versions() {
        return Stream.concat(
                codes(CouponTemplate.MAX_KEY).map(it -> bad("key " + it, () -> new CouponTemplate.Version(it, 1))),
                Stream.of(bad("version 0", () -> new CouponTemplate.Version("ten", 0))));
    }

    static List<Bad> coupons() {
        return List.of(
                bad("null", () -> null),
                bad("none", List::of),
                bad("a missing one", () -> Collections.singletonList(null)),
                bad("an unknown one", () -> List.of(UNKNOWN)),
                bad("101", () -> Collections.nCopies(101, UNKNOWN)));
    }

    static List<Bad> lists() {
        return Stream.concat(
                        texts(CouponCodes.LONGEST).map(it -> bad("code " + it, () -> List.of(it))),
                        Stream.of(
                                bad("null", () -> null),
                                bad("none", List::of),
                                bad("a missing one", () -> Collections.singletonList(null)),
                                bad("10,001", () -> Collections.nCopies(10_001, "x"))))
                .toList();
    }
}
