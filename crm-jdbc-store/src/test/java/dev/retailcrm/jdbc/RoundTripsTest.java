package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.benefit.UseLimit;
import dev.retailcrm.assets.benefit.UsePeriod;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCode;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ContactQuestion;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.Duplicate;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tags.sync.SyncSide;
import dev.retailcrm.tck.MutableClock;
import dev.retailcrm.tck.SampleChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements of commands on PostgreSQL and, second, elsewhere: what the documentation of the facades says. */
class RoundTripsTest {
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Instant TODAY = Instant.parse("2026-03-02T09:00:00Z");
    private static final RequestKey SPENT = RequestKey.of("spent");

    @ParameterizedTest
    @EnumSource
    void of_a_grant_and_a_use(Engine engine) {
        var shop = new Counted(engine);

        shop.takes(2, 6, () -> shop.points.earn(shop.ann, 10, Posting.key("earn")));
        shop.takes(3, 8, () -> shop.points.spend(shop.ann, 10, Posting.key("spend")));
        shop.takes(3, 9, () -> shop.points.hold(shop.ann, 10, Duration.ofHours(1), Posting.key("hold")));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_repetition(Engine engine) {
        var shop = new Counted(engine);
        shop.points.earn(shop.ann, 10, Posting.key("earn"));
        shop.points.spend(shop.ann, 10, Posting.key("spend"));

        shop.takes(6, 5, () -> shop.points.earn(shop.ann, 10, Posting.key("earn")));
        shop.takes(6, 5, () -> shop.points.spend(shop.ann, 10, Posting.key("spend")));
    }

    @ParameterizedTest
    @EnumSource
    void of_earning(Engine engine) {
        var shop = new Counted(engine);
        var purchase = Purchase.of(Basket.of(BasketLine.of(1, "A", Money.parse("CNY 10.00"))));
        var rule = EarnRule.perMoney("base", 1, Money.parse("CNY 1.00"));
        var program = shop.tenant
                .earning()
                .define(EarningProgram.of("standard", Asset.points("standard"), List.of(rule)), RequestKey.of("p1"));
        shop.tenant.earning().earn(shop.ann, purchase, Posting.key("earned first"));

        shop.takes(7, 11, () -> shop.tenant.earning().earn(shop.ann, purchase, Posting.key("earned second")));
        shop.tenant.earning().define(program.capped(EarnCap.points(CapPeriod.DAY, 100)), RequestKey.of("p2"));
        shop.tenant.earning().earn(shop.ann, purchase, Posting.key("earned third"));
        shop.takes(10, 14, () -> shop.tenant.earning().earn(shop.ann, purchase, Posting.key("earned fourth")));
        shop.reads(3, () -> shop.tenant.earning().simulate(shop.ann, purchase, TODAY));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_checkout(Engine engine) {
        var shop = new Counted(engine);
        var rule = EarnRule.perMoney("base", 1, Money.parse("CNY 1.00"));
        shop.tenant
                .earning()
                .define(EarningProgram.of("standard", Asset.points("standard"), List.of(rule)), RequestKey.of("p1"));
        shop.tenant
                .coupons()
                .templates()
                .define(
                        CouponTemplate.of("one", "One", new CouponBenefit.AmountOff(Money.parse("CNY 1.00")))
                                .active(),
                        RequestKey.of("one"));
        List<Coupon> coupons = shop.tenant.coupons().claim(shop.ann, CouponClaim.of("one", 2), Posting.key("claim"));
        shop.points.earn(shop.ann, 1_000, Posting.key("earn"));
        topUp(shop, shop.ann, "top up");
        var checkout =
                shop.tenant.checkout(CheckoutPolicy.standard().points(PointsRate.of(1, Money.parse("CNY 0.01"))));
        var basket = Basket.of(IntStream.rangeClosed(1, 5)
                .mapToObj(it -> BasketLine.of(it, "A" + it, Money.parse("CNY 10.00")))
                .toList());
        var order = CheckoutOrder.of("1", basket)
                .coupons(List.of(coupons.get(0).id()))
                .points(100)
                .storedValue(Money.parse("CNY 0.50"));
        checkout.quote(shop.ann, order, TODAY);

        shop.reads(7, () -> checkout.quote(shop.ann, order, TODAY));
        checkout.settle(shop.ann, order, Posting.key("settle 1"));
        var next = CheckoutOrder.of("2", basket)
                .coupons(List.of(coupons.get(1).id()))
                .points(100)
                .storedValue(Money.parse("CNY 0.50"));
        shop.takes(3, 34, () -> checkout.settle(shop.ann, next, Posting.key("settle 2")));
        shop.takesUpTo(
                45,
                75,
                () -> checkout.refund(shop.ann, "1", Map.of(1, Money.parse("CNY 1.00")), Posting.key("refund 1")));
    }

    @ParameterizedTest
    @EnumSource
    void of_tiers(Engine engine) {
        var shop = new Counted(engine);
        var tiers = shop.tenant.tiers();
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("gold", 100));
        tiers.define(
                TierProgram.of("club", TierMeasure.spent(CNY), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1)),
                RequestKey.of("club"));
        tiers.floor(shop.ann, "club", "base", null, Posting.key("floor 1"));

        shop.reads(3, () -> tiers.level(shop.ann, "club", TODAY));
        shop.reads(3, () -> tiers.outlook(shop.ann, "club"));
        shop.takes(9, 10, () -> tiers.floor(shop.ann, "club", "gold", null, Posting.key("floor 2")));
        shop.takes(4, 4, () -> tiers.advance("club", null, 1_000));
    }

    @ParameterizedTest
    @EnumSource
    void of_benefits_and_redemption(Engine engine) {
        var shop = new Counted(engine);
        var benefits = shop.tenant.benefits();
        benefits.define(
                Benefit.of("cake", "Cake", new BenefitWorth.Gift("CAKE"))
                        .forEverybody()
                        .limitedTo(UseLimit.of(9, UsePeriod.DAY)),
                RequestKey.of("cake"));
        shop.tenant.cards().define(CardProduct.free("wash", "Wash", 9, Set.of()), RequestKey.of("wash"));
        shop.tenant.exchanges().define(ExchangeOffer.of("mug", "Mug", "MUG", "standard", 1), RequestKey.of("mug"));
        shop.points.earn(shop.ann, 10, Posting.key("earn"));
        shop.tenant.cards().issue(shop.ann, CardIssue.of("wash"), Posting.key("card 1"));
        var redemptions = shop.tenant.redemptions();
        var mug = Redeem.of(RedeemItem.exchange("mug"));
        redemptions.redeem(shop.ann, mug, Posting.key("mug 1"));
        redemptions.redeem(shop.ann, Redeem.of(RedeemItem.benefit("cake")), Posting.key("cake 0"));

        shop.reads(6, () -> benefits.of(shop.ann, null, TODAY));
        shop.takes(9, 9, () -> benefits.grant(shop.ann, GrantOrder.of("cake"), Posting.key("grant")));
        shop.takes(12, 16, () -> shop.tenant.cards().issue(shop.ann, CardIssue.of("wash"), Posting.key("card 2")));
        shop.takes(
                13,
                13,
                () -> redemptions.redeem(shop.ann, Redeem.of(RedeemItem.benefit("cake")), Posting.key("cake 1")));
        shop.takes(
                12, 17, () -> redemptions.redeem(shop.ann, Redeem.of(RedeemItem.card("wash")), Posting.key("wash 1")));
        shop.takes(14, 19, () -> redemptions.redeem(shop.ann, mug, Posting.key("mug 2")));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_first_booking(Engine engine) {
        var shop = new Counted(engine);
        CustomerId bob = shop.register("bob");

        shop.takes(7, 11, () -> shop.points.earn(bob, 10, Posting.key("earn")));
        shop.takes(8, 12, () -> topUp(shop, bob, "first"));
        shop.takes(2, 6, () -> topUp(shop, bob, "second"));
    }

    @ParameterizedTest
    @EnumSource
    void of_the_end_of_a_hold(Engine engine) {
        var shop = new Counted(engine);
        long captured = shop.hold("h1");
        long released = shop.hold("h2");

        shop.takes(6, 12, () -> shop.points.capture(shop.ann, captured, 5, Posting.key("capture")));
        shop.takes(6, 12, () -> shop.points.release(shop.ann, released, Posting.key("release")));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_reversal(Engine engine) {
        var shop = new Counted(engine);
        shop.points.earn(shop.ann, 10, Posting.key("earn"));
        shop.points.spend(shop.ann, 10, Posting.key(SPENT));

        shop.takes(7, 12, () -> shop.points.refund(shop.ann, SPENT, 5, Posting.key("refund")));
        shop.takes(6, 11, () -> shop.points.takeBack(shop.ann, RequestKey.of("earn"), 5, Posting.key("back")));
    }

    @ParameterizedTest
    @EnumSource
    void of_a_transfer(Engine engine) {
        var shop = new Counted(engine);
        CustomerId bob = shop.register("bob");

        shop.takes(12, 21, () -> shop.points.transfer(shop.ann, bob, 5, Posting.key("give-1")));
        shop.takes(6, 15, () -> shop.points.transfer(shop.ann, bob, 5, Posting.key("give-2")));
    }

    @ParameterizedTest
    @EnumSource
    void of_queries(Engine engine) {
        var shop = new Counted(engine);

        shop.reads(1, () -> shop.points.balance(shop.ann));
        shop.reads(1, () -> shop.points.probe(shop.ann, 3));
        shop.reads(4, () -> shop.points.account(shop.ann));
    }

    @ParameterizedTest
    @EnumSource
    void of_customers(Engine engine) {
        var shop = new Counted(engine);
        var customers = shop.tenant.customers();
        var phone = Identity.phone("+8613800138000");
        var bob = Registration.of("Bob")
                .phone("13900139000")
                .email("b@example.com")
                .key("bob");

        shop.takes(6, 6, () -> customers.register(bob));
        shop.takes(8, 6, () -> customers.register(bob));
        shop.takes(8, 8, () -> customers.addIdentity(shop.ann, phone, RequestKey.of("add")));
        shop.reads(1, () -> customers.find(shop.ann));
        shop.reads(1, () -> customers.findBy(phone));
        shop.reads(1, () -> customers.viewByLastFour("8000", PageRequest.first(9)));
        shop.takes(8, 8, () -> customers.removeIdentity(shop.ann, phone, RequestKey.of("remove")));
    }

    @ParameterizedTest
    @EnumSource
    void of_verifications_and_histories(Engine engine) {
        var shop = new Counted(engine);
        var customers = shop.tenant.customers().as(Actor.system("import"));
        var phone = Identity.phone("+8613800138000");
        customers.addIdentity(shop.ann, phone, RequestKey.of("add"));

        shop.takes(
                7,
                7,
                () -> customers.verifyIdentity(shop.ann, phone, VerificationMethod.CODE, RequestKey.of("verify")));
        shop.reads(1, () -> customers.changesBy(ActorQuery.of(Actor.system("import")), PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_custom_fields(Engine engine) {
        var shop = new Counted(engine);
        var fields = shop.tenant.fields();
        var size = FieldDefinition.of("size", "Size", FieldType.LONG);
        fields.define(size, RequestKey.of("size"));

        shop.takes(
                7,
                7,
                () -> fields.define(
                        FieldDefinition.of("card", "Card", FieldType.TEXT).asUnique(), RequestKey.of("card")));
        shop.takes(6, 6, () -> fields.rename("size", "Shoe size", RequestKey.of("rename")));
        FieldPatch first = FieldPatch.none().set("size", FieldValue.number(42));
        fields.definitions();
        shop.takes(10, 10, () -> fields.set(shop.ann, first, RequestKey.of("set")));
        shop.takes(6, 5, () -> fields.set(shop.ann, first, RequestKey.of("set")));
        shop.takes(
                11, 11, () -> fields.set(shop.ann, first.set("card", FieldValue.text("4711")), RequestKey.of("card")));
        shop.reads(1, fields::definitions);
        shop.reads(3, () -> fields.values(shop.ann));
        var customers = shop.tenant.customers();
        CustomerId bob = customers
                .register(Registration.of("Bob").memberCard("b").key("bob"))
                .id();
        CustomerId cid = customers
                .register(Registration.of("Cid").memberCard("c").key("cid"))
                .id();
        fields.set(cid, first.set("card", FieldValue.text("4712")), RequestKey.of("set"));
        shop.takes(60, 60, () -> shop.tenant.privacy().erase(bob, RequestKey.of("erase")));
        shop.takes(62, 62, () -> shop.tenant.privacy().erase(cid, RequestKey.of("erase")));
        shop.reads(2, () -> fields.search(FieldSearch.equalTo("size", FieldValue.number(42)), PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_reviews(Engine engine) {
        var shop = new Counted(engine);
        var reviews = shop.tenant.reviews();
        CustomerId bob = shop.tenant
                .customers()
                .register(Registration.of("Bob").phone("13900139000").key("bob"))
                .id();
        var pair = new Duplicate(shop.ann.toString(), bob.toString(), 0.7, 0, Verdict.REVIEW, List.of());

        shop.takes(5, 5, () -> reviews.propose(List.of(pair)));
        shop.reads(1, () -> reviews.queue(ReviewStatus.OPEN, PageRequest.first(9)));
        shop.reads(1, reviews::counts);
        shop.reads(4, () -> reviews.find(shop.ann, bob));
        shop.takes(7, 7, () -> reviews.claim(shop.ann, bob, StaffId.of("kim")));
        shop.reads(5, () -> reviews.history(shop.ann, bob, PageRequest.first(9)));
    }

    @ParameterizedTest
    @EnumSource
    void of_consent(Engine engine) {
        var shop = new Counted(engine);
        var consents = shop.tenant.consents();
        var topic = ContactTopic.of("marketing", Channel.SMS);
        List<ContactQuestion> questions = IntStream.range(0, 1000)
                .mapToObj(i -> ContactQuestion.of(CustomerId.of(shop.ann.value() + i), topic))
                .toList();

        shop.takes(6, 6, () -> consents.optIn(shop.ann, topic, Declaration.ofCustomer("consent-1", "web-form")));
        shop.takes(6, 6, () -> consents.withdraw(shop.ann, topic, Declaration.ofCustomer("consent-2", "web-form")));
        shop.takes(4, 3, () -> consents.optIn(shop.ann, topic, Declaration.ofCustomer("consent-1", "web-form")));
        shop.reads(1, () -> consents.mayContact(shop.ann, topic));
        shop.reads(1, () -> consents.mayContact(questions, TODAY));
        shop.reads(1, () -> consents.history(shop.ann, PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_ownership(Engine engine) {
        var shop = new Counted(engine);
        var ownership = shop.tenant.ownership();
        Owner kim = Owner.staff("kim").in("S01");
        Owner lee = Owner.staff("lee").in("S01");
        var many = IntStream.range(0, 1000)
                .mapToObj(i -> CustomerId.of(shop.ann.value() + i))
                .toList();

        shop.takes(6, 6, () -> ownership.assign(shop.ann, kim, Instruction.by("head", "o-1")));
        shop.takes(7, 7, () -> ownership.offer(shop.ann, lee, Duration.ofDays(1), Instruction.by("kim", "o-2")));
        shop.takes(7, 7, () -> ownership.accept(shop.ann, 2, Instruction.by("lee", "o-3")));
        shop.takes(5, 5, () -> ownership.accept(shop.ann, 2, Instruction.by("lee", "o-3")));
        shop.reads(1, () -> ownership.ownerOf(shop.ann));
        shop.reads(1, () -> ownership.ownersOf(many));
        shop.reads(1, () -> ownership.customersOf(StaffId.of("lee"), PageRequest.first(1000)));
        shop.reads(1, () -> ownership.offersTo(StaffId.of("lee"), PageRequest.first(1000)));
        shop.reads(1, () -> ownership.history(shop.ann, PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_coupons(Engine engine) {
        var shop = new Counted(engine);
        var coupons = shop.tenant.coupons();
        var free =
                CouponTemplate.of("free", "Free", new CouponBenefit.FreeItem(1)).active();
        coupons.templates().define(free, RequestKey.of("c-free"));
        coupons.templates()
                .define(
                        CouponTemplate.of("few", "Few", free.benefit())
                                .limitedTo(CouponLimits.none()
                                        .total(1_000)
                                        .perCustomer(100)
                                        .perDay(100))
                                .active(),
                        RequestKey.of("c-few"));
        coupons.claim(shop.ann, CouponClaim.of("few"), Posting.key("c-0"));
        CustomerId bob = shop.register("bob");
        CouponCode code = coupons.codes()
                .make(coupons.codes().order("free", 5, RequestKey.of("c-order")).id(), 5)
                .get(0);

        shop.takes(7, 7, () -> coupons.claim(shop.ann, CouponClaim.of("free", 2), Posting.key("c-1")));
        shop.takes(7, 6, () -> coupons.claim(shop.ann, CouponClaim.of("free", 2), Posting.key("c-1")));
        shop.takes(11, 11, () -> coupons.claim(shop.ann, CouponClaim.of("few", 2), Posting.key("c-2")));
        List<Coupon> usable = coupons.usable(shop.ann);
        Set<CouponId> these = Set.of(usable.get(0).id());
        var sale = Posting.key("c-lock").reference("R-1");
        shop.takes(7, 7, () -> coupons.lock(shop.ann, these, Duration.ofMinutes(1), sale));
        shop.takes(
                8,
                8,
                () -> coupons.redeem(shop.ann, these, Posting.key("c-redeem").reference("R-1")));
        shop.takes(7, 7, () -> coupons.giveBack(shop.ann, these, Posting.key("c-back")));
        shop.takes(13, 13, () -> coupons.transfer(shop.ann, bob, usable.get(1).id(), Posting.key("c-transfer")));
        shop.takes(
                11, 11, () -> coupons.bind(shop.ann, PresentedCode.of(code.reveal(), "till-1"), Posting.key("c-bind")));
        shop.reads(2, () -> coupons.usable(shop.ann));
        shop.reads(2, () -> coupons.of(shop.ann, PageRequest.first(10)));
        shop.reads(1, () -> coupons.history(shop.ann, PageRequest.first(10)));
        shop.reads(2, () -> coupons.templates().left("few"));
    }

    @ParameterizedTest
    @EnumSource
    void of_tags(Engine engine) {
        var shop = new Counted(engine);
        var tags = shop.tenant.tags();
        var many = IntStream.range(0, 1000)
                .mapToObj(i -> CustomerId.of(shop.ann.value() + i))
                .toList();
        tags.definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("t-vip"));
        tags.definitions().define(TagDefinition.flag("few", "Few").forAtMost(1_000_000), RequestKey.of("t-few"));
        tags.count("vip");

        shop.takes(5, 8, () -> tags.assign(shop.ann, Tagging.of("vip"), RequestKey.of("t-1")));
        shop.takes(6, 5, () -> tags.assign(shop.ann, Tagging.of("vip"), RequestKey.of("t-1")));
        shop.takes(6, 8, () -> tags.remove(shop.ann, "vip", RequestKey.of("t-2")));
        shop.takes(7, 10, () -> tags.assign(shop.ann, Tagging.of("few"), RequestKey.of("t-3")));
        shop.reads(2, () -> tags.of(shop.ann));
        shop.reads(2, () -> tags.ofAll(many));
        shop.reads(2, () -> tags.count("vip"));
        shop.reads(2, () -> tags.counts());
        shop.reads(2, () -> tags.holders("vip", PageRequest.first(1000)));
        shop.reads(1, () -> tags.history(shop.ann, PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_synchronisation(Engine engine) {
        var shop = new Counted(engine);
        var messenger = new SampleChannel();
        messenger.put("r", messenger.tag("VIP"));
        var sync = shop.tenant.tagSync(messenger, refs -> Map.of("r", shop.ann), SyncSetup.of(SyncPolicy.ASK));
        shop.tenant.tags().definitions().define(TagDefinition.flag("vip", "VIP"), RequestKey.of("t-vip"));

        shop.takes(2, 2, () -> sync.start(false));
        sync.step();
        sync.step();
        sync.step();
        shop.reads(1, sync::progress);
        shop.reads(1, () -> assertThat(sync.open(null, 10)).hasSize(1));
        shop.takes(3, 3, () -> sync.answer(shop.ann, "r", "vip", SyncSide.OURS));
    }

    @ParameterizedTest
    @EnumSource
    void of_membership(Engine engine) {
        var shop = new Counted(engine);
        var membership = shop.tenant.membership();

        shop.takes(16, 16, () -> membership.join(shop.ann, Enrolment.of(Notice.ofCustomer("m-1"))));
        shop.takes(5, 5, () -> membership.join(shop.ann, Enrolment.of(Notice.ofCustomer("m-1"))));
        shop.takes(6, 6, () -> membership.close(shop.ann, Notice.ofCustomer("m-2")));
        shop.takes(8, 8, () -> membership.reopen(shop.ann, Notice.ofCustomer("m-3")));
        shop.reads(1, () -> membership.find(shop.ann));
        shop.reads(1, () -> membership.cardOf(shop.ann));
        shop.reads(1, () -> membership.referredBy(shop.ann, PageRequest.first(1000)));
        shop.reads(1, () -> membership.history(shop.ann, PageRequest.first(10)));
    }

    @ParameterizedTest
    @EnumSource
    void of_the_life_of_a_gift_card(Engine engine) {
        var shop = new Counted(engine);
        GiftCards cards = shop.tenant.giftCards(CNY);
        shop.takes(8, 8, () -> cards.issue(GiftCardIssue.of(501, yuan(10)), Posting.key("many")));
        IssuedGiftCards issued = cards.issue(GiftCardIssue.of(1, yuan(10)), Posting.key("one"));
        CustomerId card = issued.cards().get(0).id();

        shop.takes(10, 14, () -> cards.activate(card, Posting.key("activate")));
        shop.takes(4, 4, () -> cards.block(card, Posting.key("block")));
        shop.takes(4, 4, () -> cards.unblock(card, Posting.key("unblock")));
        shop.takes(5, 5, () -> cards.bind(card, shop.ann, Posting.key("bind")));
    }

    @ParameterizedTest
    @EnumSource
    void of_audiences(Engine engine) {
        var shop = new Counted(engine);
        var audiences = shop.tenant.audiences();
        audiences.define(AudienceRule.list("friends", "Friends"), RequestKey.of("friends"));
        var done = audiences.advance(1_000_000);
        assertThat(done.swapped()).isTrue();

        shop.reads(1, () -> audiences.count("friends"));
        shop.reads(1, () -> audiences.members("friends", PageRequest.first(10)));
        shop.takesUpTo(40, 40, () -> audiences.include("friends", shop.ann, RequestKey.of("in")));
        shop.takesUpTo(40, 40, () -> audiences.recompute("friends"));
        shop.takesUpTo(40, 40, () -> audiences.advance(1_000_000));
    }

    @ParameterizedTest
    @EnumSource
    void of_the_use_of_a_gift_card(Engine engine) {
        var shop = new Counted(engine);
        GiftCards cards = shop.tenant.giftCards(CNY);
        IssuedGiftCards issued = cards.issue(GiftCardIssue.of(1, yuan(10)).activated(), Posting.key("one"));
        CustomerId card = issued.cards().get(0).id();
        var shown = PresentedCard.of(issued.codes().get(0).reveal(), "pos");
        topUp(shop, shop.ann, "open");

        shop.reads(2, () -> cards.find(shown));
        shop.reads(3, () -> cards.balance(shown));
        shop.takes(5, 10, () -> cards.redeem(shown, yuan(1), Posting.key(SPENT)));
        shop.takes(8, 13, () -> cards.refund(card, SPENT, yuan(1), Posting.key("refund")));
        shop.takesUpTo(9, 18, () -> cards.moveToAccount(shown.by(shop.ann), shop.ann, Posting.key("move")));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 50, 500})
    void of_a_batch_on_postgresql_do_not_grow_with_it(int awards) {
        var shop = new Counted(Engine.POSTGRESQL);
        List<CustomerId> customers =
                IntStream.range(0, awards).mapToObj(i -> shop.register("c" + i)).toList();

        shop.takes(6, 6, () -> shop.points.earnAll(awards(customers, "first")));
        shop.takes(2, 2, () -> shop.points.earnAll(awards(customers, "second")));
    }

    private static List<Award> awards(List<CustomerId> customers, String key) {
        return customers.stream()
                .map(customer -> new Award(customer, Grant.of(5), Posting.key(key)))
                .toList();
    }

    private static Money yuan(int amount) {
        return Money.of(CNY, amount);
    }

    private static void topUp(Counted shop, CustomerId customer, String key) {
        shop.tenant.storedValue(CNY).topUp(customer, TopUp.of(yuan(10)).bonus(yuan(1)), Posting.key(key));
    }

    /** A tenant whose statements are counted; Ann has 100 points. */
    private static final class Counted {
        final StatementLog log = new StatementLog();
        final Engine engine;
        final JdbcTenant tenant;
        final Points points;
        final CustomerId ann;

        Counted(Engine engine) {
            this.engine = engine;
            var host = new TestHost(engine);
            tenant = JdbcCrm.builder(log.on(host.plain))
                    .clock(MutableClock.at("2026-03-02T09:00:00Z"))
                    .region("CN")
                    .build()
                    .tenant(host.tenant);
            points = tenant.points();
            ann = host.ann;
        }

        CustomerId register(String key) {
            return tenant.customers().register(Registration.of(key).key(key)).id();
        }

        long hold(String key) {
            return points.hold(ann, 10, Duration.ofHours(1), Posting.key(key)).holdNo();
        }

        /** A command is so many statements and one commit. */
        void takes(int onPostgres, int elsewhere, Runnable command) {
            counts(engine == Engine.POSTGRESQL ? onPostgres : elsewhere, 1, command);
        }

        /** A command is at most so many statements, by whose wallet is locked first, and one commit. */
        void takesUpTo(int onPostgres, int elsewhere, Runnable command) {
            log.clear();
            command.run();
            assertThat(log.statements())
                    .as(log::toString)
                    .isBetween(1, engine == Engine.POSTGRESQL ? onPostgres : elsewhere);
            assertThat(log.commits()).isEqualTo(1);
        }

        /** A query is so many statements on every engine. */
        void reads(int statements, Runnable query) {
            counts(statements, 0, query);
        }

        private void counts(int statements, int commits, Runnable work) {
            log.clear();
            work.run();
            assertThat(log.statements()).as(log::toString).isEqualTo(statements);
            assertThat(log.commits()).isEqualTo(commits);
        }
    }
}
