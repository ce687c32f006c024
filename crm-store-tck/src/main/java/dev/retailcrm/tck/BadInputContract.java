package dev.retailcrm.tck;

import static org.assertj.core.api.Assertions.assertThat;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.benefit.BenefitWorth;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.CheckoutParts;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.PointsRate;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.coupon.Coupon;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponCodes;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponSettings;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.CouponTemplates;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.earn.Availability;
import dev.retailcrm.assets.earn.EarnEvent;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.earn.Occasion;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.Calendar;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.LedgerReads;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Proviso;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.Exchanges;
import dev.retailcrm.assets.redeem.PassKeys;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.assets.report.LiabilityBy;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.IssuedGiftCards;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.assets.tier.TierLevel;
import dev.retailcrm.assets.tier.TierMeasure;
import dev.retailcrm.assets.tier.TierPeriod;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceSet;
import dev.retailcrm.audience.AudienceSnapshots;
import dev.retailcrm.audience.AudienceTemplate;
import dev.retailcrm.audience.AudienceTemplates;
import dev.retailcrm.audience.AudienceVocabulary;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessHistory;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.consent.AddressKeys;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConfirmationToken;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.ContactQuestion;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.merge.DuplicateFinder;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.Reviews;
import dev.retailcrm.core.ownership.HandOver;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.privacy.RetentionRule;
import dev.retailcrm.core.rule.Rule;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.rule.Rules;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.MergePorts;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.CustomerPages;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagBatches;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagDefinitions;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagTemplate;
import dev.retailcrm.tags.TagTemplates;
import dev.retailcrm.tags.TagVocabulary;
import dev.retailcrm.tags.Tagging;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.AutoTagPorts;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every public method of every facade, called with everything right but one argument: it is refused with a code, or, where it only asks,
 * answered; no other exception escapes, and no row changes. Methods are found by reflection, so that one without a case fails here.
 */
public abstract class BadInputContract extends FacadeContract {
    /** Types of arguments that only commands have. */
    private static final Set<Class<?>> COMMANDING = Set.of(
            Posting.class,
            RequestKey.class,
            Registration.class,
            ProfileUpdate.class,
            List.class,
            int.class,
            GiftCardIssue.class,
            Declaration.class,
            Instruction.class,
            HandOver.class,
            Enrolment.class,
            Notice.class,
            Order.class,
            Refund.class,
            BehaviorType.class,
            BehaviorEvent.class);

    private static final Comparator<Method> BY_NAME = Comparator.comparing(Method::toGenericString);

    private final Map<Class<?>, Object> facades = new HashMap<>();

    /** Right arguments, by {@code Facade.method.parameter}, {@code Facade.parameter}, {@code parameter} or type. */
    private final Map<String, Object> right = new HashMap<>();

    /** What is given as if it were bad, but is right for this method. */
    private final Set<String> fine = Set.of(
            "adjust.points -1",
            "adjust.amount -1",
            "adjust.amount a negative amount",
            "addIdentity.key an unknown key",
            "verifyIdentity.key an unknown key",
            "removeIdentity.key an unknown key",
            "changeStatus.key an unknown key",
            "erase.key an unknown key",
            "overdue.after null",
            "overdue.after an unknown id",
            "overdue.after another tenant's id",
            "proceed.after null",
            "proceed.after an unknown id",
            "proceed.after another tenant's id",
            "set.key an unknown key",
            "define.key an unknown key",
            "change.key an unknown key",
            "rename.key an unknown key",
            "retire.key an unknown key",
            "earned.customer an unknown id",
            "earned.customer another tenant's id",
            "earned.original an unknown key",
            "advance.after null",
            "advance.after an unknown id",
            "advance.after another tenant's id",
            "floor.until null",
            "lock.until null",
            "restore.key an unknown key",
            "sweep.at null",
            "renew.after null",
            "renew.after an unknown id",
            "renew.after another tenant's id",
            "sweep.after null",
            "sweep.after an unknown id",
            "sweep.after another tenant's id",
            "handOver.after null",
            "handOver.after an unknown id",
            "handOver.after another tenant's id",
            "putBack.event an unknown event",
            "takeBackFor.price another currency",
            "recompute.after null",
            "recompute.after an unknown id",
            "recompute.after another tenant's id",
            "rebuild.after null",
            "rebuild.after an unknown id",
            "rebuild.after another tenant's id",
            "link.key an unknown key",
            "merge.key an unknown key",
            "assign.key an unknown key",
            "remove.key an unknown key",
            "lift.key an unknown key",
            "include.key an unknown key",
            "exclude.key an unknown key",
            "freeze.key an unknown key",
            "delete.key an unknown key",
            "defineGroup.key an unknown key",
            "changeGroup.key an unknown key",
            "deleteGroup.key an unknown key",
            "create.key an unknown key",
            "edit.key an unknown key",
            "apply.key an unknown key",
            "activate.key an unknown key",
            "pause.key an unknown key",
            "end.key an unknown key",
            "order.key an unknown key",
            "importCodes.key an unknown key",
            "add.customers 1,001 customers",
            "unmerge.key an unknown key",
            "same.key an unknown key",
            "assign.staff null",
            "forget.customer an unknown id",
            "forget.customer another tenant's id",
            "expire.after null",
            "expire.after an unknown id",
            "expire.after another tenant's id");

    /** What asks for no right, for it neither reads nor writes. */
    private static final Rule EVERYBODY = Rule.of(Rules.field("status").exists());

    private static final Set<String> OF_MANY = Set.of("guardedBy", "observedBy");
    private static final Set<String> UNGUARDED = Set.of(
            "guardedBy", // gives the same facade for another access
            "observedBy", // gives the same facade, of which somebody is told
            "AutoTags.observer", // gives what is told of whatever is written by whoever may write it
            "AutoTags.mergeParticipant",
            "Customers.as", // gives the same facade for another actor
            "CustomFields.as",
            "Merges.as",
            "Reviews.as",
            "Privacy.as",
            "Privacy.under", // gives the same facade for another policy
            "Tags.as",
            "Coupons.templates", // gives the facade beneath, for the same access
            "Coupons.codes",
            "Checkout.recordedBy", // gives the same facade, which tells trade
            "Audiences.as",
            "Audiences.live", // gives the same facade, which follows
            "Audiences.observer", // gives what is told of whatever is written by whoever may write it
            "Audiences.mergeParticipant",
            "Audiences.templates", // gives the facade beneath, for the same access
            "Audiences.snapshots",
            "Tags.definitions", // gives the facade beneath, for the same access
            "Tags.templates",
            "Tags.batches",
            "Customers.phone", // works out a normal form
            "Lifecycle.observer", // gives what is told of trade by whoever may record it
            "Tiers.mergeParticipant",
            "Lifecycle.mergeParticipant", // gives what is told of merges
            "Points.ledger", // gives the ledger beneath, for the same access
            "StoredValue.ledger",
            "GiftCards.ledger",
            "Ledger.reads", // gives the queries, for the same access
            "Ledger.rehearsal", // gives the same ledger, which books nothing
            "Ledger.provided", // gives the same ledger with more conditions
            "Ledger.asset", // tells a setting
            "Ledger.terms",
            "Ledger.account"); // makes an id

    private @Nullable BadValues values;

    /** A contract. */
    protected BadInputContract() {}

    /** Books what the commands refer to. */
    @BeforeEach
    public final void prepare() {
        Customers customers = customers();
        Identity card = Identity.memberCard("ann's");
        Customer someone =
                customers.register(Registration.of("Ann").identity(card).key("ann"));
        Customer bob =
                customers.register(Registration.of("Bob").memberCard("bob's").key("bob"));
        CustomerId stranger = crm().newCustomer(ZENITH);
        ann = someone.id();
        right("CustomerId", ann);
        right("to", bob.id());
        right("Customers.identity", Identity.memberCard("another"));
        right("Customers.removeIdentity.identity", card);
        right("Registration", Registration.of("Cid").key("cid"));
        right(
                "update",
                ProfileUpdate.of(ann, ProfilePatch.none().name(PersonName.of("Anna")), RequestKey.of("update")));
        right("registrations", List.of(Registration.of("Dan").key("dan")));
        right("CustomerStatus", CustomerStatus.RESTRICTED);
        right("Actor", Actor.staff(StaffId.of("kim")));
        right("HistoryQuery", HistoryQuery.of(ann));
        right("ActorQuery", ActorQuery.of(StaffId.of("kim")));
        right("VerificationMethod", VerificationMethod.CODE);
        right("Customers.verifyIdentity.identity", card);
        right("number", "+8613812345678");
        right("four", "5678");
        right("identities", Set.of(card));
        right("ids", Set.of(ann));
        facades.put(Customers.class, customers);
        ledgers(bob.id());
        giftCards(bob.id());
        coupons();
        consents();
        ownership(bob.id());
        membership();
        earning();
        tiers();
        benefits();
        tags();
        trade();
        behavior();
        fields();
        merges();
        events();
        merges();
        privacies();
        accesses();
        Ledger otherUnit = ledger(ACME, Asset.points("other"), terms());
        Ledger otherTenant = ledger(ZENITH, POINTS, terms());
        values = new BadValues(stranger, bob.id(), Identity.memberCard("bob's"), otherUnit, otherTenant);
    }

    private void ledgers(CustomerId bob) {
        Points points = points();
        points.earn(ann, Grant.of(1000).costing(yuan("500.00")), by("earn"));
        points.earn(bob, 10, by("earn"));
        points.spend(ann, 100, by("spend"));
        long hold = points.hold(ann, 50, DAY, by("hold")).holdNo();
        StoredValue stored = stored();
        stored.topUp(ann, TopUp.of(yuan("1000.00")).bonus(yuan("100.00")), by("stored-earn"));
        stored.spend(ann, yuan("100.00"), by("stored-spend"));
        long held = stored.hold(ann, yuan("50.00"), DAY, by("stored-hold")).holdNo();
        right("long", 5L);
        right("Points.hold", hold);
        right("Ledger.hold", hold);
        right("StoredValue.hold", held);
        right("Money", yuan("1.00"));
        right("RequestKey", RequestKey.of("a new key"));
        right("refund.original", RequestKey.of("spend"));
        right("takeBack.original", RequestKey.of("earn"));
        right("takeBackFor.original", RequestKey.of("earn"));
        right("StoredValue.refund.original", RequestKey.of("stored-spend"));
        right("StoredValue.takeBack.original", RequestKey.of("stored-earn"));
        right("StoredValue.takeBackFor.original", RequestKey.of("stored-earn"));
        right("Posting", by("a new posting"));
        right("Grant", Grant.of(5));
        right("TopUp", TopUp.of(yuan("1.00")));
        right("Duration", Duration.ofHours(1));
        right("reason", "goodwill");
        right("boolean", true);
        right("EntryType", EntryType.EARN);
        right("int", 10);
        right("List", List.of(new Award(ann, Grant.of(1), by("a1")), new Award(bob, Grant.of(1), by("a2"))));
        right("Instant", T0);
        right("Instant.to", T0.plusSeconds(1));
        right("PageRequest", PageRequest.first(10));
        right("Proviso", new Proviso("more", () -> {}));
        right("Ledger", points.ledger());
        facades.put(Points.class, points);
        facades.put(StoredValue.class, stored);
        facades.put(Ledger.class, points.ledger());
        facades.put(LedgerReads.class, points.ledger().reads());
        right("Asset", POINTS);
        right("by", Set.of(LiabilityBy.STORE));
        right("YearMonth", YearMonth.of(2026, 3));
        right("BigDecimal", new BigDecimal("0.05"));
        right("Function", (Function<Object, Object>) month -> yuan("100.00"));
        facades.put(AssetReports.class, new AssetReports(ACME, crm().ledgerHistory(), crm().unitOfWork(), ZONE));
    }

    private void giftCards(CustomerId bob) {
        GiftCards cards = GiftCards.builder(ACME, CNY, terms())
                .throttle(new LocalGuessThrottle(1000, DAY))
                .in(crm().giftCards(), crm().ledgerPorts(), stored());
        IssuedGiftCards active = cards.issue(GiftCardIssue.of(2, yuan("100.00")).activated(), by("active"));
        IssuedGiftCards fresh = cards.issue(GiftCardIssue.of(1, yuan("100.00")), by("fresh"));
        CustomerId blocked = active.cards().get(1).id();
        var presented = PresentedCard.of(active.codes().get(0).reveal(), "till-1");
        cards.redeem(presented, yuan("10.00"), by("redeem"));
        cards.block(blocked, by("block"));
        right("GiftCards.card", active.cards().get(0).id());
        right("GiftCards.activate.card", fresh.cards().get(0).id());
        right("GiftCards.unblock.card", blocked);
        right("GiftCards.customer", bob);
        right("GiftCards.redemption", RequestKey.of("redeem"));
        right("GiftCardIssue", GiftCardIssue.of(1, yuan("10.00")));
        right("PresentedCard", presented);
        facades.put(GiftCards.class, cards);
    }

    private void coupons() {
        var settings = CouponSettings.in(ZONE).throttle(new LocalGuessThrottle(1000, DAY));
        var coupons = new Coupons(ACME, crm().couponPorts(), settings);
        CouponTemplates templates = coupons.templates();
        CouponTemplate ten = templates.define(
                CouponTemplate.of("ten", "Ten off", new CouponBenefit.AmountOff(yuan("10.00")))
                        .active(),
                RequestKey.of("ten"));
        CouponCodes codes = coupons.codes();
        CouponId batch = codes.order("ten", 20, RequestKey.of("codes")).id();
        List<CouponId> hers = coupons.claim(ann, CouponClaim.of("ten", 3), by("claim")).stream()
                .map(Coupon::id)
                .toList();
        coupons.lock(ann, hers.subList(1, 2), DAY, by("lock"));
        coupons.redeem(ann, hers.subList(2, 3), by("redeem coupon"));
        right("CouponId", hers.get(0));
        right("Coupons.coupons", hers.subList(0, 1));
        right("Coupons.release.coupons", hers.subList(1, 2));
        right("Coupons.giveBack.coupons", hers.subList(2, 3));
        right("CouponClaim", CouponClaim.of("ten"));
        right("PresentedCode", PresentedCode.of(codes.make(batch, 1).get(0).reveal(), "till-1"));
        right("Basket", Basket.of(BasketLine.of(1, "tea", yuan("20.00"))));
        right("CouponTemplate", CouponTemplate.of("new", "New", ten.benefit()));
        right("CouponTemplates.change.template", ten);
        right("CouponTemplates.template", "ten");
        right("CouponCodes.template", "ten");
        right("Coupons.template", "ten");
        right("Version", ten.id());
        right("CouponCodes.batch", batch);
        right("CouponCodes.codes", List.of("FOREIGN"));
        facades.put(Coupons.class, coupons);
        facades.put(CouponTemplates.class, templates);
        facades.put(CouponCodes.class, codes);
    }

    private void consents() {
        var rules = ConsentRules.standard().addresses(AddressKeys.of(new byte[16]));
        var consents = new Consents(ACME, rules, crm().consentPorts());
        var topic = ContactTopic.of("marketing", Channel.SMS);
        Identity phone = Identity.phone("+8613812345678");
        ConfirmationToken asked = ConfirmationToken.random(ann);
        consents.requestDoubleOptIn(asked, topic, Declaration.ofCustomer("ask", "web-form"));
        consents.hardBounce(ann, Channel.SMS, phone, Declaration.ofCustomer("bounce", "gateway"));
        right("ContactTopic", topic);
        right("Channel", Channel.SMS);
        right("address", phone);
        right("Declaration", Declaration.ofCustomer("a new declaration", "web-form"));
        right("confirm.token", asked);
        right("requestDoubleOptIn.token", ConfirmationToken.random(ann));
        right("questions", List.of(ContactQuestion.of(ann, topic)));
        facades.put(Consents.class, consents);
    }

    private void ownership(CustomerId bob) {
        var ownership = new Ownership(ACME, OwnershipRules.standard(), crm().ownershipPorts());
        Owner kim = Owner.staff("kim").in("S1");
        Owner lee = Owner.staff("lee").in("S1");
        CustomerId free = crm().newCustomer(ACME);
        ownership.assign(ann, kim, Instruction.by("head", "assign"));
        ownership.assign(bob, kim, Instruction.by("head", "assign"));
        long offer =
                ownership.offer(bob, lee, DAY, Instruction.by("kim", "offer")).seq();
        right("Ownership.to", lee);
        right("claimer", kim);
        right("Ownership.claim.customer", free);
        right("Ownership.store", StoreId.of("S1"));
        right("Ownership.staff", StaffId.of("kim"));
        right("Instruction", Instruction.byManager("head", "a new instruction"));
        right("answeredWithin", Duration.ofHours(1));
        for (String answer : List.of("accept", "reject", "withdraw")) {
            right("Ownership." + answer + ".customer", bob);
            right("Ownership." + answer + ".offer", offer);
        }
        right("HandOver", HandOver.of(StaffId.of("kim"), lee, Instruction.byManager("head", "leaver")));
        right("customers", List.of(ann, bob));
        facades.put(Ownership.class, ownership);
    }

    private void tags() {
        var tags = new Tags(ACME, crm().tagPorts(), List.of());
        TagDefinitions definitions = tags.definitions();
        TagGroup group = definitions.defineGroup(TagGroup.of("group", "Group"), RequestKey.of("group"));
        TagDefinition vip = definitions.define(TagDefinition.flag("vip", "VIP"), RequestKey.of("vip"));
        for (String key : List.of("old", "merged", "into", "own")) {
            definitions.define(TagDefinition.flag(key, "Tag"), RequestKey.of("tag/" + key));
        }
        definitions.retire("old", RequestKey.of("tag/retire"));
        definitions.merge("merged", "into", TagMergeRule.KEEP_TARGET, RequestKey.of("tag/merge"));
        TagTemplates templates = tags.templates();
        TagTemplate template = templates.create(TagTemplate.of("t", "T", "Scene"), RequestKey.of("template"));
        TagBatches batches = tags.batches();
        batches.start(TagBatch.add("B1", Tagging.of("vip")));
        batches.add("B1", List.of(ann));
        right("tag", "vip");
        right("group", "group");
        right("template", "t");
        right("batch", "B1");
        right("TagDefinition", TagDefinition.flag("new", "New"));
        right("TagDefinitions.change.tag", vip);
        right("TagDefinitions.name", "Name");
        right("TagDefinitions.into", "into");
        right("TagDefinitions.delete.tag", "old");
        right("TagDefinitions.move.tag", "merged");
        right("TagDefinitions.key", "vip");
        right("TagTemplates.key", "t");
        right("TagGroup", TagGroup.of("new", "New"));
        right("TagDefinitions.changeGroup.group", group);
        right("TagTemplate", TagTemplate.of("new", "New", "Scene"));
        right("TagTemplates.edit.template", template);
        right("TagMergeRule", TagMergeRule.KEEP_TARGET);
        right("Tagging", Tagging.of("vip"));
        right("TagPatch", TagPatch.none().assign(Tagging.of("vip")));
        right("TagBatch", TagBatch.add("B2", Tagging.of("vip")));
        right("CustomerPages", CustomerPages.of(List.of(ann)));
        facades.put(Tags.class, tags);
        facades.put(TagDefinitions.class, definitions);
        facades.put(TagTemplates.class, templates);
        facades.put(TagBatches.class, batches);
        autoTags();
        audiences();
    }

    private void autoTags() {
        var rules =
                new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of(new TagVocabulary(crm().tags())));
        var auto = new AutoTags(ACME, new AutoTagPorts(crm().tagPorts(), crm().autoTags(), new RuleIndexes<>()), rules);
        AutoTag made = auto.define(AutoTag.of("auto", "own", EVERYBODY), RequestKey.of("auto"));
        right("automatic", "auto");
        right("AutoTag", AutoTag.of("new", "own", EVERYBODY));
        right("AutoTags.change.automatic", made.paused());
        right("FactObserver", auto.observer());
        facades.put(AutoTags.class, auto);
    }

    private void earning() {
        var rules = new RuleQueries(ACME, RuleTime.in(ZONE), crm().rulePorts(), List.of());
        var earning = new Earning(ACME, terms(), crm().earnPorts(), rules, new Tiers(ACME, ZONE, crm().tierPorts()));
        var rule = EarnRule.perMoney("base", 1, yuan("1.00"));
        var extra = EarnRule.on("review", Occasion.REVIEW, 10);
        earning.define(
                EarningProgram.of("standard", POINTS, List.of(rule, extra)).available(Availability.onRelease()),
                RequestKey.of("program"));
        var purchase = Purchase.of(Basket.of(BasketLine.of(1, "A", yuan("100.00"))));
        earning.earn(ann, purchase, by("earned"));
        right("program", "standard");
        right("EarningProgram", EarningProgram.of("new", POINTS, List.of(rule)));
        right("Earning.define.program", EarningProgram.of("new", POINTS, List.of(rule)));
        right("Earning.long", 1L);
        right("Purchase", purchase);
        right("EarnEvent", EarnEvent.of(Occasion.REVIEW));
        right("Earning.original", RequestKey.of("earned"));
        right("Earning.takeBack.original", RequestKey.of("earned"));
        right("returned", Map.of(1, yuan("1.00")));
        facades.put(Earning.class, earning);
        checkout(earning);
    }

    private void checkout(Earning earning) {
        var parts = new CheckoutParts(
                points(),
                currency -> stored(),
                currency -> (GiftCards) facade(GiftCards.class),
                new Coupons(ACME, crm().couponPorts(), CouponSettings.in(ZONE)),
                earning,
                List.of());
        var checkout = new Checkout(
                ACME, CheckoutPolicy.standard().points(PointsRate.of(1, yuan("0.01"))), crm().checkoutPorts(), parts);
        checkout.settle(
                ann, CheckoutOrder.of("settled", Basket.of(BasketLine.of(1, "A", yuan("9.00")))), by("settled"));
        right(
                "CheckoutOrder",
                CheckoutOrder.of("new", Basket.of(BasketLine.of(1, "A", yuan("100.00"))))
                        .allPoints());
        right("Checkout.number", "settled");
        right("Checkout.at", T0);
        right("Checkout.refund.lines", Map.of(1, yuan("1.00")));
        facades.put(Checkout.class, checkout);
    }

    private void tiers() {
        var tiers = new Tiers(ACME, ZONE, crm().tierPorts());
        var levels = List.of(TierLevel.of("base", 0), TierLevel.of("gold", 100));
        var program =
                TierProgram.of("club", TierMeasure.spent(CNY), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1));
        tiers.define(program, RequestKey.of("club"));
        right("Tiers.program", "club");
        right(
                "TierProgram",
                TierProgram.of("new", TierMeasure.spent(CNY), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1)));
        right(
                "Tiers.define.program",
                TierProgram.of("new", TierMeasure.spent(CNY), TierPeriod.ever(), levels, LocalDate.of(2026, 1, 1)));
        right("programKeys", List.of("club"));
        right("level", "gold");
        right("Tiers.until", T0.plus(DAY));
        facades.put(Tiers.class, tiers);
    }

    private void benefits() {
        var settings = BenefitSettings.in(ZONE);
        var tiers = new Tiers(ACME, ZONE, crm().tierPorts());
        var benefits = new Benefits(ACME, crm().benefitPorts(), settings, tiers);
        var cake = Benefit.of("cake", "Cake", new BenefitWorth.Gift("CAKE")).forEverybody();
        benefits.define(cake, RequestKey.of("cake"));
        right("Benefits.benefit", "cake");
        right("Benefit", Benefit.of("new", "New", new BenefitWorth.FreeShipping()));
        right("GrantOrder", GrantOrder.of("cake"));
        right(
                "Benefits.grant",
                benefits.grant(ann, GrantOrder.of("cake"), by("grant cake")).id());
        facades.put(Benefits.class, benefits);
        var cards = new Cards(ACME, crm().benefitPorts(), settings);
        var wash =
                CardProduct.paid("wash", "Washes", yuan("10.00"), 5, Set.of()).lasting(1, Calendar.MONTH);
        cards.define(wash, RequestKey.of("wash"));
        right("Cards.product", "wash");
        right("CardProduct", CardProduct.free("new", "New", 1, Set.of("cake")));
        right("CardIssue", CardIssue.of("wash"));
        right(
                "Cards.card",
                cards.issue(ann, CardIssue.of("wash"), by("issue wash")).id());
        facades.put(Cards.class, cards);
        var exchanges = new Exchanges(ACME, crm().benefitPorts());
        exchanges.define(ExchangeOffer.of("mug", "Mug", "MUG", "standard", 500).stock(9), RequestKey.of("mug"));
        right("Exchanges.offer", "mug");
        right("ExchangeOffer", ExchangeOffer.of("new", "New", "NEW", "standard", 1));
        facades.put(Exchanges.class, exchanges);
        var secret = PassKeys.of(new byte[32]);
        var redemptions = new Redemptions(
                ACME,
                crm().benefitPorts(),
                benefits,
                (Coupons) facade(Coupons.class),
                settings,
                RedeemSettings.of(terms()).keys(secret).throttle(new LocalGuessThrottle(1000, DAY)));
        var item = RedeemItem.benefit("cake");
        right("RedeemItem", item);
        right("StoreId", StoreId.of("S01"));
        right("Redeem", Redeem.of(item));
        right("PresentedPass", PresentedPass.of(redemptions.show(ann, item).code(), "till-1"));
        right("Redemptions.amount", 1L);
        right(
                "Redemptions.redemption",
                redemptions.redeem(ann, Redeem.of(item, 2), by("redeem cake")).id());
        facades.put(Redemptions.class, redemptions);
    }

    private void audiences() {
        var rules = new RuleQueries(
                ACME,
                RuleTime.in(ZONE),
                crm().rulePorts(),
                List.of(new TagVocabulary(crm().tags()), new AudienceVocabulary(crm().audiences())));
        var audiences = new Audiences(ACME, crm().audiencePorts(), rules);
        AudienceRule made =
                audiences.define(AudienceRule.dynamic("made", "Made", EVERYBODY), RequestKey.of("audience/made"));
        audiences.define(AudienceRule.list("friends", "Friends"), RequestKey.of("audience/friends"));
        audiences.define(AudienceRule.uploaded("fair", "Fair"), RequestKey.of("audience/fair"));
        audiences.beginUpload("fair");
        AudienceTemplates templates = audiences.templates();
        String form = "{\"version\":1,\"rule\":{\"field\":\"status\",\"op\":\"exists\"}}";
        AudienceTemplate own = templates.define(AudienceTemplate.of("mine", "Mine", form), RequestKey.of("a/template"));
        AudienceSnapshots snapshots = audiences.snapshots();
        snapshots.freeze("may", AudienceSet.in("made"), RequestKey.of("a/snapshot"));
        right("audience", "made");
        right("AudienceRule", AudienceRule.dynamic("new", "New", EVERYBODY));
        right("Audiences.change.audience", made.named("Other"));
        for (String each : List.of("list", "unlist")) {
            right("Audiences." + each + ".audience", "friends");
        }
        for (String each : List.of("beginUpload", "upload", "endUpload", "fromFile")) {
            right("Audiences." + each + ".audience", "fair");
        }
        right("AudienceSet", AudienceSet.in("made"));
        right("AudienceTemplates.template", "mine");
        right("AudienceTemplate", AudienceTemplate.of("new-one", "New", form));
        right("AudienceTemplates.change.template", own);
        right("Map", Map.of());
        right("AudienceSnapshots.snapshot", "may");
        right("AudienceSnapshots.freeze.snapshot", "june");
        facades.put(Audiences.class, audiences);
        facades.put(AudienceTemplates.class, templates);
        facades.put(AudienceSnapshots.class, snapshots);
    }

    private void membership() {
        var membership = new Membership(ACME, RandomMemberNumbers.standard(), customers(), crm().membershipPorts());
        CustomerId frozen = crm().newCustomer(ACME);
        CustomerId closed = crm().newCustomer(ACME);
        for (CustomerId member : List.of(ann, frozen, closed)) {
            membership.join(member, Enrolment.of(Notice.ofCustomer("join")));
        }
        membership.freeze(frozen, Notice.ofStaff("kim", "freeze"));
        membership.close(closed, Notice.ofCustomer("close"));
        right("Membership.join.customer", crm().newCustomer(ACME));
        right("Membership.unfreeze.customer", frozen);
        right("Membership.reopen.customer", closed);
        right("referrer", ann);
        right("Enrolment", Enrolment.of(Notice.ofCustomer("a new member")));
        right("Notice", Notice.ofCustomer("a new notice"));
        facades.put(Membership.class, membership);
    }

    private void trade() {
        var trade = new Trade(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE);
        Order order = BadValues.order(ann, "1");
        trade.record(order);
        right("Order", BadValues.order(ann, "2"));
        right("Refund", BadValues.refund(ann, "1", "r"));
        right("Trade.orders", List.of(BadValues.order(ann, "3")));
        right("Trade.refunds", List.of(BadValues.refund(ann, "1", "r2")));
        right("Customers", facade(Customers.class));
        right("Trade", trade);
        right("Checkout.source", "pos");
        right("Predicate", (Predicate<Object>) any -> true);
        right("OrderNumber", order.number());
        right("CurrencyUnit", CNY);
        right("Dimension", Dimension.MONTH);
        right("after", ann);
        facades.put(Trade.class, trade);
        var lifecycle = new Lifecycle(ACME, LifecyclePolicy.standard(), crm().lifecyclePorts());
        lifecycle.recompute(null, 10);
        facades.put(Lifecycle.class, lifecycle);
    }

    private void behavior() {
        var behavior = new Behavior(ACME, crm().behaviorPorts());
        behavior.define(BehaviorFacade.VIEW);
        behavior.define(BehaviorFacade.SIGN);
        behavior.record(BehaviorFacade.view(ann, "1", T0));
        behavior.record(BehaviorFacade.view(BehaviorFacade.BROWSER, "2", T0));
        right("BehaviorType", BehaviorFacade.VIEW.version(2).retire());
        right("BehaviorEvent", BehaviorFacade.view(ann, "3", T0));
        right("Behavior.events", List.of(BehaviorFacade.view(ann, "4", T0)));
        right("Visitor", BehaviorFacade.BROWSER);
        right("TimelineQuery", TimelineQuery.of(ann));
        facades.put(Behavior.class, behavior);
    }

    private void fields() {
        var fields = new CustomFields(ACME, crm().fieldPorts());
        FieldDefinition size = fields.define(BadFields.SIZE, RequestKey.of("size"));
        FieldDefinition old = fields.define(FieldDefinition.of("old", "Old", FieldType.DATE), RequestKey.of("old"));
        fields.retire(old.key(), RequestKey.of("retire old"));
        fields.define(FieldDefinition.of("card", "Card", FieldType.TEXT).asPersonal(), RequestKey.of("card"));
        right("define.definition", FieldDefinition.of("colour", "Colour", FieldType.TEXT));
        right("change.changed", size.label("Size"));
        right("field", size.key());
        right("label", "Size");
        right("FieldPatch", FieldPatch.none().set(size.key(), FieldValue.number(42)));
        right("FieldSearch", FieldSearch.equalTo(size.key(), FieldValue.number(42)));
        facades.put(CustomFields.class, fields);
    }

    private void events() {
        EventRelay relay = EventRelay.builder(ACME, crm().outbox(), crm().unitOfWork(), crm().clock())
                .to(event -> {});
        right("EventKey", new EventKey(ann, EventEnvelope.WALLET, 1));
        facades.put(EventRelay.class, relay);
    }

    private void merges() {
        var ports =
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock());
        var merges = new Merges(ACME, ports, List.of());
        CustomerId first = crm().newCustomer(ACME);
        CustomerId second = crm().newCustomer(ACME);
        merges.merge(crm().newCustomer(ACME), first, MergeStrategy.standard(), RequestKey.of("first"));
        merges.merge(crm().newCustomer(ACME), second, MergeStrategy.standard(), RequestKey.of("second"));
        right("merge.merged", crm().newCustomer(ACME));
        right("preview.merged", crm().newCustomer(ACME));
        right("previewUnmerge.merged", first);
        right("unmerge.merged", second);
        right("MergeStrategy", MergeStrategy.standard());
        facades.put(Merges.class, merges);
        reviews(merges);
    }

    private void reviews(Merges merges) {
        var reviews = new Reviews(ACME, crm().reviewPorts(), merges);
        CustomerId one = crm().newCustomer(ACME);
        CustomerId other = crm().newCustomer(ACME);
        reviews.propose(List.of(BadValues.pair(one, other)));
        right("a", one);
        right("b", other);
        right("Reviews.survivor", one);
        right("Reviews.same.merged", other);
        right("Reviews.same.key", RequestKey.of("same"));
        right("newcomer", one);
        right("pairs", List.of(BadValues.pair(one, crm().newCustomer(ACME))));
        right("DuplicateFinder", DuplicateFinder.standard());
        right("ReviewStatus", ReviewStatus.OPEN);
        facades.put(Reviews.class, reviews);
    }

    private void privacies() {
        right("ErasurePolicy", ErasurePolicy.immediate());
        right("RetentionRule", RetentionRule.restrictAfter(Period.ofYears(1), ZONE));
        right("OutputStream", OutputStream.nullOutputStream());
        facades.put(Privacy.class, privacy());
    }

    private void accesses() {
        right("Access", Access.unrestricted());
        right("StaffId", StaffId.of("kim"));
        facades.put(AccessHistory.class, new AccessHistory(ACME, crm().accessLog(), crm().unitOfWork()));
    }

    private void right(String where, Object value) {
        right.put(where, value);
    }

    @Test
    public final void customers_bear_bad_input() {
        check(Customers.class);
    }

    @Test
    public final void privacy_bears_bad_input() {
        check(Privacy.class);
    }

    @Test
    public final void merges_bear_bad_input() {
        check(Merges.class);
    }

    @Test
    public final void reviews_bear_bad_input() {
        check(Reviews.class);
    }

    @Test
    public final void consents_bear_bad_input() {
        check(Consents.class);
    }

    @Test
    public final void custom_fields_bear_bad_input() {
        check(CustomFields.class);
    }

    @Test
    public final void ownership_bears_bad_input() {
        check(Ownership.class);
    }

    @Test
    public final void membership_bears_bad_input() {
        check(Membership.class);
    }

    @Test
    public final void tags_bear_bad_input() {
        check(Tags.class);
    }

    @Test
    public final void definitions_of_tags_bear_bad_input() {
        check(TagDefinitions.class);
    }

    @Test
    public final void templates_of_tags_bear_bad_input() {
        check(TagTemplates.class);
    }

    @Test
    public final void batches_of_tags_bear_bad_input() {
        check(TagBatches.class);
    }

    @Test
    public final void points_bear_bad_input() {
        check(Points.class);
    }

    @Test
    public final void stored_value_bears_bad_input() {
        check(StoredValue.class);
    }

    @Test
    public final void gift_cards_bear_bad_input() {
        check(GiftCards.class);
    }

    @Test
    public final void coupons_bear_bad_input() {
        check(Coupons.class);
    }

    @Test
    public final void templates_of_coupons_bear_bad_input() {
        check(CouponTemplates.class);
    }

    @Test
    public final void codes_of_coupons_bear_bad_input() {
        check(CouponCodes.class);
    }

    @Test
    public final void ledgers_bear_bad_input() {
        check(Ledger.class);
    }

    @Test
    public final void reports_bear_bad_input() {
        check(AssetReports.class);
    }

    @Test
    public final void queries_bear_bad_input() {
        check(LedgerReads.class);
    }

    @Test
    public final void trade_bears_bad_input() {
        check(Trade.class);
    }

    @Test
    public final void lifecycles_bear_bad_input() {
        check(Lifecycle.class);
    }

    @Test
    public final void behaviour_bears_bad_input() {
        check(Behavior.class);
    }

    @Test
    public final void automatic_tags_bear_bad_input() {
        check(AutoTags.class);
    }

    @Test
    public final void the_checkout_bears_bad_input() {
        check(Checkout.class);
    }

    /** Programs of earning, purchases and events. */
    @Test
    public final void earning_bears_bad_input() {
        check(Earning.class);
    }

    @Test
    public final void tiers_bear_bad_input() {
        check(Tiers.class);
    }

    @Test
    public final void benefits_cards_and_redemption_bear_bad_input() {
        check(Benefits.class);
        check(Cards.class);
        check(Exchanges.class);
        check(Redemptions.class);
    }

    @Test
    public final void audiences_bear_bad_input() {
        check(Audiences.class);
        check(AudienceTemplates.class);
        check(AudienceSnapshots.class);
    }

    @Test
    public final void relays_bear_bad_input() {
        check(EventRelay.class);
    }

    @Test
    public final void the_access_history_bears_bad_input() {
        check(AccessHistory.class);
    }

    @Test
    public final void who_lacks_every_right_is_refused_by_every_method() {
        var nobody = Access.of(ACME, Principal.of("nobody"), RolePolicy.none());
        List<String> before = crm().dump();
        long visits = crm().visits();
        Set<String> answering = new TreeSet<>();
        for (Class<?> type : facades.keySet()) {
            Object guarded = guarded(type, nobody);
            methods(type).forEach(method -> {
                Object[] arguments = arguments(type, method);
                if (!call(guarded, method, arguments).equals("refused as ACCESS_DENIED")) {
                    answering.add(
                            (OF_MANY.contains(method.getName()) ? "" : type.getSimpleName() + ".") + method.getName());
                }
            });
        }
        assertThat(answering).as("what asks for no right").containsExactlyInAnyOrderElementsOf(UNGUARDED);
        assertThat(crm().visits()).as("visits of the store").isEqualTo(visits);
        assertThat(crm().dump()).isEqualTo(before);
    }

    private Object guarded(Class<?> type, Access access) {
        if (type == LedgerReads.class) {
            return ((Ledger) guarded(Ledger.class, access)).reads();
        }
        try {
            return type.getMethod("guardedBy", Access.class).invoke(facade(type), access);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(type.getSimpleName() + " cannot be guarded", e);
        }
    }

    @Test
    public final void texts_keep_characters_of_every_script() {
        Customers customers = (Customers) facade(Customers.class);
        String name = BadValues.RARE.repeat(40);

        Customer rare = customers.register(Registration.of(name)
                .with(ProfilePatch.none().remark(BadValues.RARE.repeat(250)))
                .key("rare"));
        var entry = points().adjust(
                        rare.id(), 1, BadValues.RARE.repeat(100), by("adjust").reference(BadValues.RARE))
                .entry();

        Customer found = customers.find(rare.id()).orElseThrow();
        assertThat(found.name().orElseThrow().display()).isEqualTo(name);
        assertThat(found.profile().remark()).contains(BadValues.RARE.repeat(250));
        assertThat(points().statement(rare.id(), PageRequest.first(9)).items()).containsExactly(entry);
        assertThat(entry.reason()).isEqualTo(BadValues.RARE.repeat(100));
        assertThat(entry.reference()).isEqualTo(BadValues.RARE);
    }

    // --- by reflection

    private void check(Class<?> facade) {
        List<String> wrong = new ArrayList<>();
        methods(facade).forEach(method -> check(facade, method, wrong));
        assertThat(wrong)
                .as("what %s does to bad input", facade.getSimpleName())
                .isEmpty();
    }

    private static Stream<Method> methods(Class<?> facade) {
        return Stream.of(facade.getMethods())
                .filter(method -> method.getDeclaringClass() == facade && !Modifier.isStatic(method.getModifiers()))
                .sorted(BY_NAME);
    }

    private Object[] arguments(Class<?> facade, Method method) {
        return Stream.of(method.getParameters())
                .map(parameter -> right(facade, method, parameter))
                .toArray();
    }

    private void check(Class<?> facade, Method method, List<String> wrong) {
        Parameter[] parameters = method.getParameters();
        Object[] arguments = arguments(facade, method);
        rolledBack(() -> {
            String answer = call(facade, method, arguments);
            if (!answer.equals("answered")) {
                wrong.add(name(method) + " with right arguments: " + answer);
            }
        });
        boolean commands = Stream.of(method.getParameterTypes()).anyMatch(COMMANDING::contains);
        for (int i = 0; i < parameters.length; i++) {
            List<String> before = crm().dump();
            for (BadValues.Bad bad : bad(facade, method, parameters[i])) {
                String what = method.getName() + "." + parameters[i].getName() + " " + bad.what();
                String answer = fine.contains(what)
                        ? rehearsed(facade, method, arguments.clone(), i, bad)
                        : call(facade, method, arguments.clone(), i, bad);
                boolean mayAnswer = fine.contains(what) || !commands;
                if (!answer.startsWith("refused") && !(mayAnswer && answer.equals("answered"))) {
                    wrong.add(name(method) + ", " + what + ": " + answer);
                }
            }
            if (!crm().dump().equals(before)) {
                wrong.add(name(method) + ", " + parameters[i].getName() + ": rows were changed");
            }
        }
    }

    private String rehearsed(Class<?> facade, Method method, Object[] arguments, int index, BadValues.Bad bad) {
        try (HostTransaction host = crm().begin()) {
            String answer = call(facade, method, arguments, index, bad);
            host.rollback();
            return answer;
        }
    }

    private List<BadValues.Bad> bad(Class<?> facade, Method method, Parameter parameter) {
        List<BadValues.Bad> bad = values == null ? null : values.of(parameter);
        if (bad == null) {
            throw new AssertionError(facade.getSimpleName() + "." + name(method) + ": nobody thought of bad values of "
                    + parameter.getType());
        }
        return bad;
    }

    private Object right(Class<?> facade, Method method, Parameter parameter) {
        String type = parameter.getType().getSimpleName();
        String name = parameter.getName();
        return Stream.of(
                        facade.getSimpleName() + "." + method.getName() + "." + name,
                        method.getName() + "." + name,
                        facade.getSimpleName() + "." + name,
                        type + "." + name,
                        name,
                        type)
                .map(right::get)
                .filter(value -> value != null && fits(parameter.getType(), value))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("nobody thought of a right value for " + name(method) + ", " + name));
    }

    private static boolean fits(Class<?> type, Object value) {
        return type.isInstance(value)
                || (type == long.class && value instanceof Long)
                || (type == int.class && value instanceof Integer)
                || (type == boolean.class && value instanceof Boolean);
    }

    private String call(Class<?> facade, Method method, Object[] arguments, int index, BadValues.Bad bad) {
        try {
            arguments[index] = bad.made().value();
        } catch (CrmException refusal) {
            return "refused as it is made";
        }
        return call(facade(facade), method, arguments);
    }

    private String call(Class<?> facade, Method method, Object[] arguments) {
        return call(facade(facade), method, arguments);
    }

    private static String call(Object facade, Method method, Object[] arguments) {
        try {
            method.invoke(facade, arguments);
            return "answered";
        } catch (InvocationTargetException e) {
            return e.getTargetException() instanceof CrmException refusal
                    ? "refused as " + refusal.code()
                    : "threw " + e.getTargetException();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private Object facade(Class<?> type) {
        Object facade = facades.get(type);
        if (facade == null) {
            throw new AssertionError("no facade " + type);
        }
        return facade;
    }

    private static String name(Method method) {
        return method.getName()
                + Stream.of(method.getParameterTypes())
                        .map(Class::getSimpleName)
                        .toList();
    }
}
