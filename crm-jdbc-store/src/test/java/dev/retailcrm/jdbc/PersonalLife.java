package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.earn.CapPeriod;
import dev.retailcrm.assets.earn.EarnCap;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.redeem.PassKeys;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceSet;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.Properties;
import dev.retailcrm.core.behavior.Property;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConfirmationToken;
import dev.retailcrm.core.consent.ConsentPolicy;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.BirthDate;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Gender;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PartyKind;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.Duplicate;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.sync.SyncCount;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncProgress;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tck.SampleChannel;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Somebody of whom every feature keeps everything it can, and in whose every free word the canary sits. */
final class PersonalLife {
    /** In every text of hers; not in numbers and codes. */
    static final String CANARY = "Qanaria";

    static final String PHONE = "+8613812345678";
    static final String MAIL = "qanaria@example.com";
    static final String STORE = "CONTROL-STORE-1";

    private static final Instant AT = Instant.parse("2026-02-01T09:00:00Z");
    private static final Identity MOBILE = Identity.phone(PHONE);

    private final JdbcTenant tenant;
    private final ConsentRules rules = ConsentRules.standard()
            .purpose("news", ConsentPolicy.optIn().confirmed())
            .addresses(AddressKeys.of(new byte[32]));
    private int keys;

    PersonalLife(JdbcTenant tenant) {
        this.tenant = tenant;
    }

    RequestKey key() {
        return RequestKey.of("life/" + ++keys);
    }

    private Posting posting() {
        return Posting.key(key()).by(StaffId.of("kim"));
    }

    /** She lives, and is found to be two. */
    CustomerId live() {
        define();
        var customers = tenant.customers();
        Customer eve = customers.register(Registration.of(
                        PersonName.of(CANARY + " Eve").parts("Eve", CANARY))
                .phone(PHONE)
                .email(MAIL)
                .externalId("erp", "ERP-" + CANARY)
                .joinedAt(StoreId.of(STORE))
                .with(ProfilePatch.none()
                        .kind(PartyKind.PERSON)
                        .gender(Gender.FEMALE)
                        .birthDate(BirthDate.of(LocalDate.of(1980, 3, 4)))
                        .language("zh-Hans-CN")
                        .timeZone(ZoneId.of("Asia/Shanghai"))
                        .remark("knows " + CANARY)
                        .addresses(
                                List.of(PostalAddress.of(AddressUse.HOME, "CN", "Wuhan", "1 " + CANARY + " Street"))))
                .key(key().value()));
        customers.update(ProfileUpdate.of(eve.id(), ProfilePatch.none().name(PersonName.of(CANARY + " II")), key()));
        customers.verifyIdentity(eve.id(), MOBILE, VerificationMethod.CODE, key());
        consent(eve.id());
        behave(eve.id());
        buy(eve.id());
        earn(eve.id());
        climb(eve.id());
        redeem(eve.id());
        tenant.fields()
                .set(
                        eve.id(),
                        FieldPatch.none()
                                .set("hobby", FieldValue.text(CANARY))
                                .set("shoe", FieldValue.number(42))
                                .set("weight", FieldValue.decimal(new BigDecimal("61.5")))
                                .set("passport", FieldValue.text("PASS" + CANARY)),
                        key());
        tenant.ownership().assign(eve.id(), Owner.staff("kim").in(STORE), Instruction.by("head", key().value()));
        tag(eve.id());
        tagByRule(eve.id());
        synchronise(eve.id());
        list(eve.id());
        tenant.membership().join(eve.id(), Enrolment.of(Notice.ofStaff("kim", key().value())));
        CustomerId again = customers
                .register(Registration.of(CANARY + " again")
                        .memberCard("CARD" + CANARY)
                        .key(key().value()))
                .id();
        tenant.behavior().record(viewed(again, "again"));
        tenant.reviews()
                .propose(List.of(
                        new Duplicate(eve.id().toString(), again.toString(), 0.9, 0, Verdict.REVIEW, List.of())));
        tenant.merges().merge(eve.id(), again, MergeStrategy.standard(), key());
        return eve.id();
    }

    private void tagByRule(CustomerId eve) {
        var auto = tenant.withAutoTags();
        tenant.tags().definitions().define(TagDefinition.flag("keen", "Keen"), key());
        auto.autoTags()
                .define(
                        AutoTag.of(
                                "keen",
                                "keen",
                                Rule.of(Rules.did("viewed").atLeast(1).inLast(Rules.years(30)))),
                        key());
        auto.autoTags().advance(1_000);
        auto.behavior().record(viewed(eve, "by rule"));
    }

    /** She is in a list, a snapshot, and in what is being computed. */
    private void list(CustomerId eve) {
        var audiences = tenant.audiences();
        audiences.define(AudienceRule.list("friends", "Friends"), key());
        audiences.advance(1_000);
        audiences.list("friends", List.of(eve));
        audiences.unlist("friends", List.of(eve));
        audiences.include("friends", eve, key());
        audiences.snapshots().freeze("may", AudienceSet.in("friends"), key());
        var live = tenant.withLiveAudiences();
        live.audiences()
                .define(
                        AudienceRule.dynamic(
                                "viewers",
                                "Viewers",
                                Rule.of(Rules.did("viewed").atLeast(1).inLast(Rules.years(30)))),
                        key());
        while (!live.audiences().advance(1_000).isDone()) {}
        audiences.define(AudienceRule.dynamic("all", "All", Rule.of(Rules.allOf())), key());
        while (tenant.audiences().states().stream()
                .flatMap(it -> Stream.ofNullable(it.run()))
                .noneMatch(it -> it.place() != null && it.place().compareTo(eve) >= 0)) {
            assertThat(audiences.advance(1).swapped()).isFalse();
        }
    }

    private void tag(CustomerId eve) {
        var definitions = tenant.tags().definitions();
        List<FieldValue> values = List.of(
                FieldValue.text("likes pears"), FieldValue.number(42), FieldValue.decimal(new BigDecimal("61.5")));
        for (FieldValue value : values) {
            String tag = "tag-" + value.type();
            definitions.define(TagDefinition.valued(tag, "Tag", value.type()), key());
            tenant.tags().assign(eve, Tagging.of(tag, value), key());
        }
        tenant.tags().remove(eve, "tag-LONG", key());
        tenant.tags().assign(eve, Tagging.of("tag-LONG", FieldValue.number(43)), key());
    }

    /** A messenger knows her, and which tag she has there. */
    private void synchronise(CustomerId eve) {
        var messenger = new SampleChannel();
        messenger.put("wm-" + CANARY, messenger.tag("Seen"));
        var sync = tenant.tagSync(
                messenger,
                refs -> Map.of("wm-" + CANARY, eve),
                SyncSetup.of(SyncPolicy.THEIRS).adopting());
        for (SyncProgress progress = sync.start(false); !progress.isOver(); progress = sync.step()) {
            assertThat(progress.waitingUntil()).isEmpty();
        }
        assertThat(sync.progress().orElseThrow().count(SyncCount.ASSIGNED)).isEqualTo(1);
    }

    private void define() {
        tenant.behavior().define(BehaviorType.of("viewed").with(Property.text("query", 40)));
        var fields = tenant.fields();
        fields.define(FieldDefinition.of("hobby", "Hobby", FieldType.TEXT), key());
        fields.define(FieldDefinition.of("shoe", "Shoe size", FieldType.LONG), key());
        fields.define(FieldDefinition.of("weight", "Weight", FieldType.DECIMAL), key());
        fields.define(
                FieldDefinition.of("passport", "Passport", FieldType.TEXT)
                        .asUnique()
                        .asPersonal(),
                key());
    }

    private void consent(CustomerId eve) {
        var consents = tenant.consents(rules);
        var sms = ContactTopic.of("marketing", Channel.SMS).at(MOBILE);
        consents.optIn(eve, sms, Declaration.ofCustomer(key().value(), "web").evidence("scan/" + CANARY));
        var news = ContactTopic.of("news", Channel.E_MAIL).at(Identity.email(MAIL));
        consents.requestDoubleOptIn(ConfirmationToken.random(eve), news, Declaration.ofCustomer(key().value(), "web"));
    }

    private void behave(CustomerId eve) {
        var browser = Visitor.of("web", "cookie-0123456789abcdef");
        tenant.behavior().link(browser, eve, key());
        tenant.behavior().record(viewed(eve, "hers"));
    }

    private static BehaviorEvent viewed(CustomerId customer, String id) {
        return BehaviorEvent.of(customer, "viewed", BehaviorId.of("web", "event-" + id), AT)
                .through("app")
                .in(StoreId.of(STORE))
                .with(Properties.none().text("query", "gift for " + CANARY));
    }

    private void climb(CustomerId eve) {
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("gold", 100));
        var program = TierProgram.of(
                "life", TierMeasure.spent(CurrencyUnit.of("CNY")), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1));
        tenant.tiers().define(program, key());
        tenant.tiers().floor(eve, "life", "gold", null, Posting.key(key()).by(StaffId.of("kim")));
    }

    private void earn(CustomerId eve) {
        var rule = EarnRule.perOrder("extra", 5).capped(EarnCap.points(CapPeriod.DAY, 50));
        tenant.earning().define(EarningProgram.of("life", Asset.points(JdbcTenant.STANDARD), List.of(rule)), key());
        var basket =
                Basket.of(BasketLine.of(1, "tea", Money.parse("CNY 10.00"))).in(StoreId.of(STORE));
        tenant.earning().earn(eve, Purchase.of(basket), Posting.key(key()).reference("R-1"));
        tenant.checkout().settle(eve, CheckoutOrder.of("R-2", basket), Posting.key(key()));
    }

    private void redeem(CustomerId eve) {
        tenant.benefits()
                .define(
                        Benefit.of("life", "Life", new BenefitWorth.FreeShipping())
                                .forEverybody(),
                        key());
        tenant.benefits()
                .grant(
                        eve,
                        GrantOrder.of("life").between(null, Instant.parse("2099-01-01T00:00:00Z")),
                        posting().reference("for " + CANARY));
        tenant.cards()
                .define(
                        CardProduct.paid("life", "Life", Money.parse("CNY 9.00"), 3, Set.of())
                                .lasting(1, Calendar.YEAR),
                        key());
        var cards = tenant.cards();
        BenefitId card = cards.issue(eve, CardIssue.of("life"), posting()).id();
        var redemptions = tenant.redemptions(RedeemSettings.of(tenant.terms()).keys(PassKeys.of(new byte[32])));
        var item = RedeemItem.card("life");
        redemptions.redeem(PresentedPass.of(redemptions.show(eve, item).code(), "till-1"), 1, posting());
        redemptions.redeem(eve, Redeem.of(RedeemItem.benefit("life")), posting().reference("for " + CANARY));
        cards.renew(eve, card, CardIssue.of("life"), posting());
        cards.refund(eve, card, posting());
    }

    private void buy(CustomerId eve) {
        var line = OrderLine.of("tea", Money.of(CurrencyUnit.of("CNY"), new BigDecimal("9.90")));
        tenant.trade()
                .record(Order.of(eve, OrderNumber.of("pos", "R-1"), AT, List.of(line))
                        .in(StoreId.of(STORE)));
        var coupons = tenant.coupons();
        coupons.templates()
                .define(
                        CouponTemplate.of("treat", "Treat", new CouponBenefit.FreeItem(1))
                                .active(),
                        key());
        CouponId used =
                coupons.claim(eve, CouponClaim.of("treat", 2), posting()).get(0).id();
        coupons.redeem(eve, Set.of(used), posting().reference("for " + CANARY));
        tenant.points().earn(eve, 100, posting());
        tenant.points().adjust(eve, 5, "sorry, " + CANARY, posting());
    }
}
