package dev.retailcrm.tck;

import static dev.retailcrm.tck.BadValues.bad;
import static dev.retailcrm.tck.BadValues.codes;
import static dev.retailcrm.tck.BadValues.texts;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.BirthdayWindow;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.checkout.Block;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.tck.BadValues.Bad;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Bad values of what concerns benefits, cards and redemption. Stateless. */
final class BadBenefits {
    private static final Money ONE = Money.of(CurrencyUnit.of("CNY"), BigDecimal.ONE);
    private static final BenefitWorth FREE = new BenefitWorth.FreeShipping();

    private BadBenefits() {}

    static Stream<Bad> benefits() {
        Benefit good = Benefit.of("bad", "Bad", FREE);
        return Stream.of(
                        codes(Benefit.MAX_KEY).map(it -> bad("key " + it, () -> Benefit.of(it, "Bad", FREE))),
                        texts(100).map(it -> bad("name " + it, () -> Benefit.of("bad", it, FREE))),
                        codes(64)
                                .map(it -> bad("sku " + it, () -> Benefit.of("bad", "Bad", new BenefitWorth.Gift(it)))),
                        codes(64)
                                .map(it -> bad(
                                        "service " + it, () -> Benefit.of("bad", "Bad", new BenefitWorth.Service(it)))),
                        Stream.of("0", "-1", "100.01", "1e-5", "1e30", "1e999999999")
                                .map(it -> bad(
                                        "percent " + it,
                                        () -> Benefit.of("bad", "Bad", new BenefitWorth.Discount(new BigDecimal(it))))),
                        Stream.of("0", "-1", "1000.1", "1e-999999999")
                                .map(it -> bad(
                                        "factor " + it,
                                        () -> Benefit.of(
                                                "bad", "Bad", new BenefitWorth.PointsMultiplier(new BigDecimal(it))))),
                        Stream.of(
                                        "",
                                        "[]",
                                        "{",
                                        "{} {}",
                                        "7",
                                        "{\"a\":1,\"a\":2}",
                                        "{\"a\":\"" + "x".repeat(9_000) + "\"}")
                                .map(it ->
                                        bad("a payload", () -> Benefit.of("bad", "Bad", new BenefitWorth.Custom(it)))),
                        Stream.of(
                                bad("no levels", () -> good.forTier("club", Set.of())),
                                bad("a missing level", () -> good.forTier("club", Collections.singleton(null))),
                                bad(
                                        "a program twice",
                                        () -> good.forTier("club", Set.of("a")).forTier("club", Set.of("b"))),
                                bad("no times", () -> good.limitedTo(UseLimit.of(0, UsePeriod.DAY))),
                                bad(
                                        "days backwards",
                                        () -> good.between(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 1))),
                                bad("a day too far", () -> good.between(null, LocalDate.MAX)),
                                bad("no weekday", () -> good.blockedOn(Set.of(), EnumSet.allOf(DayOfWeek.class))),
                                bad("a missing store", () -> good.in(Collections.singleton(null))),
                                bad("a long birthday", () -> good.around(new BirthdayWindow(181, 0))),
                                bad("no JSON", () -> Benefit.parse("{")),
                                bad(
                                        "JSON of something else",
                                        () -> Benefit.parse(
                                                "{\"key\":\"bad\",\"name\":\"Bad\",\"worth\":{\"kind\":\"what\"}}")),
                                bad(
                                        "another version",
                                        () -> Benefit.parse("{\"key\":\"bad\",\"name\":\"Bad\",\"version\":7,"
                                                + "\"worth\":{\"kind\":\"free-shipping\"}}"))))
                .flatMap(it -> it);
    }

    static Stream<Bad> grants() {
        return Stream.of(
                bad("no such benefit", () -> GrantOrder.of("none")),
                bad("no key", () -> GrantOrder.of("")),
                bad("times backwards", () -> GrantOrder.of("cake").between(Instant.EPOCH.plusMillis(2), Instant.EPOCH)),
                bad("an end that is past", () -> GrantOrder.of("cake").between(null, Instant.EPOCH)),
                bad("too early", () -> GrantOrder.of("cake").between(Instant.MIN, null)),
                bad("too late", () -> GrantOrder.of("cake").between(null, Instant.MAX)));
    }

    static Stream<Bad> ids() {
        return Stream.of(
                bad("none", () -> BenefitId.of(0)),
                bad("below zero", () -> BenefitId.of(-1)),
                bad("unknown", () -> BenefitId.of(7)),
                bad("no id", () -> BenefitId.parse("what")));
    }

    static Stream<Bad> products() {
        CardProduct good = CardProduct.free("bad", "Bad", 1, Set.of());
        return Stream.of(
                        codes(20).map(it -> bad("key " + it, () -> CardProduct.free(it, "Bad", 1, Set.of()))),
                        texts(100).map(it -> bad("name " + it, () -> CardProduct.free("bad", it, 1, Set.of()))),
                        Stream.of(
                                bad("a key of an asset", () -> CardProduct.free("A:B", "Bad", 1, Set.of())),
                                bad("nothing", () -> CardProduct.free("bad", "Bad", 0, Set.of())),
                                bad("uses below zero", () -> CardProduct.free("bad", "Bad", -1, Set.of("cake"))),
                                bad("too many uses", () -> CardProduct.free("bad", "Bad", 1_000_001, Set.of())),
                                bad("an unknown benefit", () -> CardProduct.free("bad", "Bad", 1, Set.of("none"))),
                                bad(
                                        "a missing benefit",
                                        () -> CardProduct.free("bad", "Bad", 1, Collections.singleton(null))),
                                bad("no price", () -> CardProduct.paid("bad", "Bad", ONE.minus(ONE), 1, Set.of())),
                                bad(
                                        "a price too high",
                                        () -> CardProduct.paid(
                                                "bad", "Bad", ONE.multipliedBy(2_000_000_000_000L), 1, Set.of())),
                                bad("a time below zero", () -> good.lasting(-1, Calendar.DAY)),
                                bad("a time too long", () -> good.lasting(1_201, Calendar.YEAR)),
                                bad("fewer than none", () -> good.perCustomer(-1)),
                                bad("no JSON", () -> CardProduct.parse("[]")),
                                bad(
                                        "another version",
                                        () -> CardProduct.parse(
                                                "{\"key\":\"bad\",\"name\":\"Bad\",\"sale\":\"FREE\",\"uses\":1,\"version\":7}"))))
                .flatMap(it -> it);
    }

    static Stream<Bad> issues() {
        return Stream.of(
                bad("no such product", () -> CardIssue.of("none")),
                bad("no key", () -> CardIssue.of("")),
                bad("no price", () -> CardIssue.of("wash").soldFor(ONE.minus(ONE))),
                bad("another currency", () -> CardIssue.of("wash").soldFor(Money.parse("USD 1.00"))));
    }

    static Stream<Bad> offers() {
        ExchangeOffer good = ExchangeOffer.of("bad", "Bad", "SKU", "standard", 1);
        return Stream.of(
                        codes(RedeemItem.MAX_KEY)
                                .map(it -> bad("key " + it, () -> ExchangeOffer.of(it, "Bad", "SKU", "standard", 1))),
                        texts(100)
                                .map(it -> bad("name " + it, () -> ExchangeOffer.of("bad", it, "SKU", "standard", 1))),
                        codes(64).map(it -> bad("sku " + it, () -> ExchangeOffer.of("bad", "Bad", it, "standard", 1))),
                        codes(20).map(it -> bad("program " + it, () -> ExchangeOffer.of("bad", "Bad", "SKU", it, 1))),
                        Stream.of(
                                bad("no points", () -> ExchangeOffer.of("bad", "Bad", "SKU", "standard", 0)),
                                bad(
                                        "too many points",
                                        () -> ExchangeOffer.of("bad", "Bad", "SKU", "standard", Long.MAX_VALUE)),
                                bad("no block", () -> good.per(Block.whole(0))),
                                bad("a stock below zero", () -> good.stock(-1)),
                                bad("a stock too large", () -> good.stock(Long.MAX_VALUE)),
                                bad("no times", () -> good.limitedTo(UseLimit.of(0, UsePeriod.DAY))),
                                bad(
                                        "days backwards",
                                        () -> good.between(LocalDate.of(2026, 1, 2), LocalDate.of(2026, 1, 1))),
                                bad("a day too early", () -> good.between(LocalDate.MIN, null)),
                                bad("a missing store", () -> good.in(Collections.singleton(null))),
                                bad("no JSON", () -> ExchangeOffer.parse("")),
                                bad("JSON of something else", () -> ExchangeOffer.parse("{\"key\":7}"))))
                .flatMap(it -> it);
    }

    static Stream<Bad> items() {
        return Stream.concat(
                codes(RedeemItem.MAX_KEY).map(it -> bad("key " + it, () -> RedeemItem.benefit(it))),
                Stream.of(
                        bad("no coupon", () -> new RedeemItem(RedeemItem.Kind.COUPON, "what")),
                        bad("a coupon without key", () -> new RedeemItem(RedeemItem.Kind.COUPON, ""))));
    }

    static Stream<Bad> uses() {
        RedeemItem cake = RedeemItem.benefit("cake");
        return Stream.concat(
                codes(Redeem.MAX_TILL)
                        .map(it -> bad("till " + it, () -> Redeem.of(cake).at(it))),
                Stream.of(
                        bad("an unknown benefit", () -> Redeem.of(RedeemItem.benefit("none"))),
                        bad("an unknown card", () -> Redeem.of(RedeemItem.card("none"))),
                        bad("a card that is none", () -> Redeem.of(RedeemItem.card("A:B C"))),
                        bad("an unknown offer", () -> Redeem.of(RedeemItem.exchange("none"))),
                        bad("an unknown coupon", () -> Redeem.of(RedeemItem.coupon(CouponId.of(7)))),
                        bad("nothing of it", () -> Redeem.of(cake, 0)),
                        bad("less than nothing", () -> Redeem.of(cake, -1)),
                        bad("too much", () -> Redeem.of(cake, Long.MAX_VALUE)),
                        bad("more than there is", () -> Redeem.of(RedeemItem.card("wash"), 1_000_000)),
                        bad("goods for all points", () -> Redeem.of(RedeemItem.exchange("mug"), 1_000_000))));
    }

    static Stream<Bad> passes() {
        return Stream.of(
                bad("no code", () -> PresentedPass.of("", "till")),
                bad("no till", () -> PresentedPass.of("0123456789ABCB12345678cake", "")),
                bad("a short one", () -> PresentedPass.of("0123", "till")),
                bad("a long one", () -> PresentedPass.of("0".repeat(101), "till")),
                bad("of nobody", () -> PresentedPass.of("0000000000000B12345678cake", "till")),
                bad("of another kind", () -> PresentedPass.of("0123456789ABC?12345678cake", "till")),
                bad("of letters", () -> PresentedPass.of("0123456789ABCB1234567xcake", "till")),
                bad("with rare characters", () -> PresentedPass.of("0123456789ABCB12345678" + BadValues.RARE, "till")),
                bad("a guess", () -> PresentedPass.of("0123456789ABCB12345678cake", "till")));
    }
}
