package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.Benefit;
import dev.retailcrm.assets.benefit.BenefitId;
import dev.retailcrm.assets.benefit.GrantOrder;
import dev.retailcrm.assets.card.CardIssue;
import dev.retailcrm.assets.card.CardProduct;
import dev.retailcrm.assets.checkout.Basket;
import dev.retailcrm.assets.checkout.BasketLine;
import dev.retailcrm.assets.checkout.CheckoutOrder;
import dev.retailcrm.assets.checkout.Purchase;
import dev.retailcrm.assets.checkout.TenderKind;
import dev.retailcrm.assets.coupon.CouponClaim;
import dev.retailcrm.assets.coupon.CouponId;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.PresentedCode;
import dev.retailcrm.assets.earn.EarnEvent;
import dev.retailcrm.assets.earn.EarnRule;
import dev.retailcrm.assets.earn.EarningProgram;
import dev.retailcrm.assets.earn.Occasion;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Award;
import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Expiry;
import dev.retailcrm.assets.ledger.Grant;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.Posting;
import dev.retailcrm.assets.ledger.Proviso;
import dev.retailcrm.assets.redeem.ExchangeOffer;
import dev.retailcrm.assets.redeem.PresentedPass;
import dev.retailcrm.assets.redeem.Redeem;
import dev.retailcrm.assets.redeem.RedeemItem;
import dev.retailcrm.assets.stored.GiftCardIssue;
import dev.retailcrm.assets.stored.PresentedCard;
import dev.retailcrm.assets.stored.TopUp;
import dev.retailcrm.assets.tier.TierProgram;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.AudienceSet;
import dev.retailcrm.audience.AudienceTemplate;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.BehaviorType;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.behavior.Visitor;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConfirmationToken;
import dev.retailcrm.core.consent.ContactQuestion;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.AddressUse;
import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Identity;
import dev.retailcrm.core.customer.PersonName;
import dev.retailcrm.core.customer.PostalAddress;
import dev.retailcrm.core.customer.ProfilePatch;
import dev.retailcrm.core.customer.ProfileUpdate;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.customer.VerificationMethod;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldPatch;
import dev.retailcrm.core.field.FieldSearch;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.history.ActorKind;
import dev.retailcrm.core.history.ActorQuery;
import dev.retailcrm.core.history.HistoryQuery;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.StaffId;
import dev.retailcrm.core.kernel.StoreId;
import dev.retailcrm.core.membership.Enrolment;
import dev.retailcrm.core.membership.Notice;
import dev.retailcrm.core.merge.Duplicate;
import dev.retailcrm.core.merge.DuplicateFinder;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.ReviewStatus;
import dev.retailcrm.core.merge.Verdict;
import dev.retailcrm.core.ownership.HandOver;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.privacy.RetentionRule;
import dev.retailcrm.core.spi.ErasurePolicy;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.CustomerPages;
import dev.retailcrm.tags.TagBatch;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.TagGroup;
import dev.retailcrm.tags.TagMergeRule;
import dev.retailcrm.tags.TagPatch;
import dev.retailcrm.tags.TagTemplate;
import dev.retailcrm.tags.Tagging;
import java.io.OutputStream;
import java.lang.reflect.Parameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jspecify.annotations.Nullable;

/** What nobody should give to a facade, by type. A value may be refused as it is made, or by the command that is given it. */
final class BadValues {
    /** A rare Han character and an emoji, four bytes each in UTF-8. */
    static final String RARE = "\uD842\uDFB7\uD83C\uDF81";

    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");
    private static final Instant T0 = StoreContract.T0;

    private final Map<Class<?>, List<Bad>> byType = new HashMap<>();
    private final Map<String, List<Bad>> byName = new HashMap<>();

    /** Makes a value, or refuses to. */
    interface Made {
        @Nullable
        Object value();
    }

    /** A bad value and what is bad about it. */
    record Bad(String what, Made made) {}

    /**
     * The bad values of a tenant.
     *
     * @param stranger a customer of another tenant
     * @param somebody another customer of the tenant, who has {@code taken}
     */
    BadValues(CustomerId stranger, CustomerId somebody, Identity taken, Ledger otherUnit, Ledger otherTenant) {
        put(CustomerId.class, bad("an unknown id", StoreContract::nobody), bad("another tenant's id", () -> stranger));
        put(long.class, longs(0, -1, Long.MIN_VALUE, Long.MAX_VALUE, Ledger.MAX_AMOUNT + 1));
        put(int.class, ints(0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE));
        put(Money.class, money());
        put(
                RequestKey.class,
                Stream.concat(
                        codes(RequestKey.MAX_LENGTH).map(it -> bad(it, () -> RequestKey.of(it))),
                        Stream.of(bad("an unknown key", () -> RequestKey.of("never booked")))));
        put(Posting.class, postings());
        put(Grant.class, grants());
        put(TopUp.class, topUps());
        put(
                Duration.class,
                Stream.of(
                                Duration.ZERO,
                                Duration.ofMillis(999),
                                Duration.ofSeconds(-1),
                                Duration.ofDays(3661),
                                Duration.ofSeconds(Long.MAX_VALUE))
                        .map(it -> bad(it.toString(), () -> it)));
        put(String.class, texts(200).map(it -> bad(it, () -> it)));
        put(
                Instant.class,
                Stream.of(Instant.MIN, Instant.MAX, Instant.EPOCH.minusMillis(1), Instants.LAST.plusMillis(1))
                        .map(it -> bad(it.toString(), () -> it)));
        put(
                EntryType.class,
                Stream.of(EntryType.SPEND, EntryType.EXPIRE, EntryType.TRANSFER_IN)
                        .map(it -> bad(it.name(), () -> it)));
        put(
                PageRequest.class,
                bad("no items", () -> PageRequest.first(0)),
                bad("1,001 items", () -> PageRequest.first(1001)),
                bad("a cursor of another listing", () -> PageRequest.after("'; --", 10)),
                bad("a cursor of 201 characters", () -> PageRequest.after("x".repeat(201), 10)));
        put(
                List.class,
                bad("a missing award", () -> Collections.singletonList(null)),
                bad(
                        "a missing award among others",
                        () -> Arrays.asList(new Award(somebody, Grant.of(1), Posting.key("bad-list")), null)));
        put(Proviso.class);
        put(Asset.class);
        put(Function.class, bad("nothing", () -> (Function<Object, Object>) any -> null));
        put(
                YearMonth.class,
                Stream.of("+999999999-12", "-999999999-01", "1969-12", "9999-12")
                        .map(it -> bad(it, () -> YearMonth.parse(it))));
        put(BigDecimal.class, Stream.of("-0.1", "1.000001", "1e1000").map(it -> bad(it, () -> new BigDecimal(it))));
        byName.put("by", List.of(bad("null", () -> null), bad("a missing value", () -> Collections.singleton(null))));
        put(Ledger.class, bad("another unit", () -> otherUnit), bad("another tenant's ledger", () -> otherTenant));
        put(Identity.class, Stream.concat(identities(), Stream.of(bad("somebody else's identity", () -> taken))));
        put(Registration.class, registrations(taken));
        put(ProfileUpdate.class, updates(stranger, somebody));
        put(
                Actor.class,
                Stream.concat(
                        codes(40).map(it -> bad("program " + it, () -> Actor.system(it))),
                        codes(20)
                                .map(it -> bad(
                                        "channel " + it, () -> Actor.customer().via(it)))));
        put(Access.class);
        put(ErasurePolicy.class);
        put(OutputStream.class);
        put(
                RetentionRule.class,
                bad("no time", () -> RetentionRule.eraseAfter(Period.ZERO, ZoneOffset.UTC)),
                bad("time backwards", () -> RetentionRule.eraseAfter(Period.ofDays(-1), ZoneOffset.UTC)));
        put(StaffId.class, codes(40).map(it -> bad("staff " + it, () -> StaffId.of(it))));
        put(CustomerStatus.class, bad("erased by the way", () -> CustomerStatus.ERASED));
        put(HistoryQuery.class, histories(stranger, somebody));
        put(ActorQuery.class, actors());
        put(VerificationMethod.class);
        put(MergeStrategy.class);
        put(DuplicateFinder.class);
        put(ReviewStatus.class);
        byName.put(
                "pairs",
                List.of(
                        bad("null", () -> null),
                        bad("a missing pair", () -> Collections.singletonList(null)),
                        bad("one customer", () -> List.of(pair(somebody, somebody))),
                        bad(
                                "a reference that is no id",
                                () -> List.of(new Duplicate("c-1", "c-2", 1, 0, Verdict.SAME, List.of())))));
        put(FieldDefinition.class, BadFields.definitions());
        put(FieldPatch.class, BadFields.patches());
        put(FieldSearch.class, BadFields.searches());
        byName.put("field", BadFields.keys());
        byName.put(
                "label",
                texts(FieldDefinition.MAX_LABEL).map(it -> bad(it, () -> it)).toList());
        put(GiftCardIssue.class, issues());
        put(PresentedCard.class, presented());
        put(
                EventKey.class,
                bad("an unknown event", () -> new EventKey(somebody, "wallet", 999)),
                bad("no source", () -> new EventKey(somebody, "", 1)),
                bad("number 0", () -> new EventKey(somebody, "wallet", 0)));
        put(Order.class, orders(stranger));
        put(Refund.class, refunds(stranger));
        put(BehaviorType.class, BadBehavior.types());
        put(BehaviorEvent.class, BadBehavior.events(stranger));
        put(Visitor.class, BadBehavior.visitors());
        put(TimelineQuery.class, BadBehavior.timelines(stranger, somebody));
        put(OrderNumber.class, numbers().map(it -> bad(it.what(), it.made())));
        put(CurrencyUnit.class);
        put(Dimension.class);
        put(Customers.class);
        put(Trade.class);
        put(Predicate.class);
        put(
                Set.class,
                bad("a missing value", () -> Collections.singleton(null)),
                bad(
                        "10,001 values",
                        () -> LongStream.rangeClosed(1, 10_001)
                                .mapToObj(CustomerId::of)
                                .collect(Collectors.toSet())));
        put(boolean.class);
        put(Channel.class, bad("a channel of other addresses", () -> Channel.E_MAIL));
        put(ContactTopic.class, topics());
        put(Declaration.class, declarations());
        put(
                ConfirmationToken.class,
                Stream.concat(
                        codes(36).map(it -> bad(it, () -> ConfirmationToken.parse(it))),
                        Stream.of(
                                bad("an unknown customer", () -> ConfirmationToken.random(StoreContract.nobody())),
                                bad("another tenant's customer", () -> ConfirmationToken.random(stranger)))));
        put(StaffId.class, codes(40).map(it -> bad(it, () -> StaffId.of(it))));
        put(StoreId.class, codes(40).map(it -> bad(it, () -> StoreId.of(it))));
        put(Owner.class, owners());
        put(Instruction.class, instructions());
        put(
                HandOver.class,
                bad("nobody", () -> new HandOver(StaffId.of("kim"), List.of(), Instruction.by("head", "bad"))),
                bad(
                        "101 owners",
                        () -> new HandOver(
                                StaffId.of("kim"),
                                Collections.nCopies(101, Owner.store("S1")),
                                Instruction.by("head", "bad"))),
                bad(
                        "a missing owner",
                        () -> new HandOver(
                                StaffId.of("kim"), Collections.singletonList(null), Instruction.by("head", "bad"))));
        put(
                EarningProgram.class,
                bad("no rules", () -> EarningProgram.of("bad", Asset.points("standard"), List.of())),
                bad(
                        "money",
                        () -> EarningProgram.of("bad", Asset.storedValue(CNY), List.of(EarnRule.perOrder("r", 1)))),
                bad("no JSON", () -> EarningProgram.parse("{")),
                bad("JSON of something else", () -> EarningProgram.parse("{\"key\":\"bad\",\"what\":1}")),
                bad(
                        "another version",
                        () -> EarningProgram.parse("{\"key\":\"bad\",\"version\":7,\"rules\":"
                                + "[{\"key\":\"r\",\"basis\":{\"per\":\"ORDER\",\"points\":1}}]}")));
        put(
                TierProgram.class,
                bad("no JSON", () -> TierProgram.parse("[]")),
                bad(
                        "no levels",
                        () -> TierProgram.parse(
                                "{\"key\":\"bad\",\"measure\":{\"kind\":\"SPENT\",\"unit\":\"CNY\"}}")));
        put(Benefit.class, BadBenefits.benefits());
        put(GrantOrder.class, BadBenefits.grants());
        put(BenefitId.class, BadBenefits.ids());
        put(CardProduct.class, BadBenefits.products());
        put(CardIssue.class, BadBenefits.issues());
        put(ExchangeOffer.class, BadBenefits.offers());
        put(RedeemItem.class, BadBenefits.items());
        put(Redeem.class, BadBenefits.uses());
        put(PresentedPass.class, BadBenefits.passes());
        put(
                Purchase.class,
                bad("no lines", () -> Purchase.of(Basket.of())),
                bad("a negative amount", () -> Purchase.of(Basket.of(BasketLine.of(1, "A", Money.of(CNY, -1))))),
                bad(
                        "more paid than due",
                        () -> Purchase.of(Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))
                                .paid(TenderKind.POINTS, Money.of(CNY, 2))));
        put(
                EarnEvent.class,
                bad("no code", () -> EarnEvent.of(Occasion.CUSTOM)),
                bad("a code too long", () -> EarnEvent.custom("x".repeat(61))));
        put(
                CheckoutOrder.class,
                bad("no number", () -> CheckoutOrder.of("", Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))),
                bad(
                        "a number too long",
                        () -> CheckoutOrder.of("x".repeat(51), Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))),
                bad(
                        "negative points",
                        () -> CheckoutOrder.of("bad", Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))
                                .points(-1)),
                bad(
                        "stored value of another currency",
                        () -> CheckoutOrder.of("bad", Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))
                                .storedValue(Money.of(CurrencyUnit.USD, 1))),
                bad(
                        "another amount",
                        () -> CheckoutOrder.of("bad", Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))
                                .expecting(Money.of(CNY, 2))),
                bad(
                        "a coupon of nobody",
                        () -> CheckoutOrder.of("bad", Basket.of(BasketLine.of(1, "A", Money.of(CNY, 1))))
                                .coupons(List.of(CouponId.of(1)))));
        byName.put(
                "lines",
                List.of(
                        bad("null", () -> null),
                        bad("no lines", Map::of),
                        bad("an unknown line", () -> Map.of(7, Money.of(CNY, 1))),
                        bad("too much", () -> Map.of(1, Money.of(CNY, 1_000_000))),
                        bad("more than there is", () -> Map.of(1, Money.of(CNY, new BigDecimal("1e30")))),
                        bad("nothing", () -> Map.of(1, Money.zero(CNY))),
                        bad("another currency", () -> Map.of(1, Money.of(CurrencyUnit.USD, 1))),
                        bad("a missing amount", () -> Collections.singletonMap(1, null)),
                        bad("a missing line", () -> Collections.singletonMap(null, Money.of(CNY, 1)))));
        byName.put(
                "returned",
                List.of(
                        bad("null", () -> null),
                        bad("no lines", Map::of),
                        bad("an unknown line", () -> Map.of(7, Money.of(CNY, 1))),
                        bad("too much", () -> Map.of(1, Money.of(CNY, 1_000_000))),
                        bad("nothing", () -> Map.of(1, Money.zero(CNY))),
                        bad("a negative amount", () -> Map.of(1, Money.of(CNY, -1))),
                        bad("a missing amount", () -> Collections.singletonMap(1, null)),
                        bad("a missing line", () -> Collections.singletonMap(null, Money.of(CNY, 1)))));
        byName.put(
                "programKeys",
                List.of(
                        bad("null", () -> null),
                        bad("a missing key", () -> Collections.singletonList(null)),
                        bad("1,001 keys", () -> Collections.nCopies(1001, "club"))));
        put(TagDefinition.class, BadTags.definitions());
        put(TagGroup.class, BadTags.groups());
        put(TagTemplate.class, BadTags.templates());
        put(Tagging.class, BadTags.taggings());
        put(TagPatch.class, BadTags.patches());
        put(TagBatch.class, BadTags.batches());
        put(TagMergeRule.class);
        put(AutoTag.class, BadTags.automatic());
        put(AudienceRule.class, BadAudiences.rules());
        put(AudienceTemplate.class, BadAudiences.templates());
        put(AudienceSet.class, bad("an unknown audience", () -> AudienceSet.in("none")));
        put(
                Map.class,
                bad("an unknown parameter", () -> Map.of("none", FieldValue.number(1))),
                bad("a missing name", () -> Collections.singletonMap(null, FieldValue.number(1))));
        put(FactObserver.class);
        put(CustomerPages.class);
        put(CouponTemplate.class, BadCoupons.templates());
        put(CouponTemplate.Version.class, BadCoupons.versions());
        put(CouponClaim.class, BadCoupons.claims());
        put(CouponId.class, bad("an unknown coupon", () -> CouponId.of(7)));
        put(PresentedCode.class, BadCoupons.presented());
        put(Basket.class);
        byName.put("coupons", BadCoupons.coupons());
        byName.put("codes", BadCoupons.lists());
        put(Enrolment.class, enrolments(stranger));
        put(Notice.class, notices());
        byName.put(
                "claimer",
                Stream.concat(Stream.of(bad("null", () -> null)), owners()).toList());
        byName.put(
                "customers",
                List.of(
                        bad("null", () -> null),
                        bad("a missing customer", () -> Collections.singletonList(null)),
                        bad("1,001 customers", () -> Collections.nCopies(1001, somebody))));
        byName.put(
                "registrations",
                List.of(
                        bad("null", () -> null),
                        bad("a missing registration", () -> Collections.singletonList(null)),
                        bad(
                                "10,001 registrations",
                                () -> Collections.nCopies(
                                        10_001, Registration.of("Eve").key("eve")))));
        byName.put(
                "questions",
                List.of(
                        bad("null", () -> null),
                        bad("a missing question", () -> Collections.singletonList(null)),
                        bad(
                                "1,001 questions",
                                () -> Collections.nCopies(
                                        1001,
                                        ContactQuestion.of(somebody, ContactTopic.of("marketing", Channel.SMS))))));
    }

    /** The bad values of a parameter, by its name or type; {@code null} if nobody thought of any. */
    @Nullable
    List<Bad> of(Parameter parameter) {
        List<Bad> named = byName.get(parameter.getName());
        return named == null ? byType.get(parameter.getType()) : named;
    }

    private void put(Class<?> type, Bad... bad) {
        put(type, Stream.of(bad));
    }

    private void put(Class<?> type, Stream<Bad> bad) {
        Stream<Bad> missing = type.isPrimitive() ? Stream.of() : Stream.of(bad("null", () -> null));
        byType.put(type, Stream.concat(missing, bad).toList());
    }

    static Bad bad(String what, Made made) {
        return new Bad(what.length() > 40 ? what.substring(0, 40) + "…" : what, made);
    }

    private static Stream<Bad> longs(long... numbers) {
        return Arrays.stream(numbers).mapToObj(it -> bad(Long.toString(it), () -> it));
    }

    private static Stream<Bad> ints(int... numbers) {
        return Arrays.stream(numbers).mapToObj(it -> bad(Integer.toString(it), () -> it));
    }

    /** Codes are ASCII: nothing else, nothing empty, nothing oversize. */
    static Stream<String> codes(int max) {
        return Stream.of(
                "",
                " ",
                "x".repeat(max + 1),
                "a\u0000b",
                "a\nb",
                "a\tb",
                "a\u007fb",
                "\u00e9",
                "\u4e2d",
                RARE,
                "a\u200bb");
    }

    /** Texts may hold any script, but neither control characters nor halves of characters. */
    static Stream<String> texts(int max) {
        return Stream.of(
                "", " ", "x".repeat(max + 1), RARE.repeat(max), "a\u0000b", "a\nb", "a\u001bb", "a\uD842b", "\uDFB7");
    }

    static Stream<Bad> money() {
        return Stream.of(
                bad("nothing", () -> Money.zero(CNY)),
                bad("a negative amount", () -> Money.of(CNY, new BigDecimal("-1.00"))),
                bad("another currency", () -> Money.of(CurrencyUnit.EUR, new BigDecimal("1.00"))),
                bad("another scale", () -> Money.of(CurrencyUnit.of("JPY"), new BigDecimal("1"))),
                bad("10^16", () -> Money.of(CNY, new BigDecimal("1E+16"))),
                bad("10^30", () -> Money.of(CNY, new BigDecimal("1E+30"))));
    }

    /** An order of one line. */
    static Duplicate pair(CustomerId one, CustomerId other) {
        return new Duplicate(one.toString(), other.toString(), 0.7, 0, Verdict.REVIEW, List.of());
    }

    static Order order(CustomerId customer, String number) {
        var line = OrderLine.of("tea", Money.of(CNY, new BigDecimal("5.00"))).category("drinks");
        return Order.of(customer, OrderNumber.of("pos", number), T0, List.of(line));
    }

    /** A refund of one unit of money. */
    static Refund refund(CustomerId customer, String order, String number) {
        return Refund.of(customer, OrderNumber.of("pos", order), number, T0, Money.of(CNY, new BigDecimal("1.00")));
    }

    private static Stream<Bad> numbers() {
        return Stream.concat(
                codes(20).map(it -> bad("source " + it, () -> OrderNumber.of(it, "1"))),
                codes(OrderNumber.MAX_LENGTH).map(it -> bad("number " + it, () -> OrderNumber.of("pos", it))));
    }

    private static Stream<Bad> orders(CustomerId stranger) {
        Order good = order(stranger, "bad");
        OrderLine line = good.lines().get(0);
        return Stream.of(
                        numbers(),
                        codes(Order.MAX_CHANNEL).map(it -> bad("channel " + it, () -> good.through(it))),
                        codes(OrderLine.MAX_CODE).map(it -> bad("SKU " + it, () -> OrderLine.of(it, line.amount()))),
                        codes(OrderLine.MAX_CODE).map(it -> bad("category " + it, () -> line.category(it))),
                        codes(OrderLine.MAX_CODE).map(it -> bad("brand " + it, () -> line.brand(it))),
                        quantities("0", "-1", "0.0001", "1E+30", "1E-30", "1000000.001")
                                .map(it -> bad("quantity " + it, () -> line.quantity(it))),
                        Stream.of("-0.01", "1E+12", "1E+30")
                                .map(BigDecimal::new)
                                .map(it -> bad("amount " + it, () -> OrderLine.of("tea", Money.of(CNY, it)))),
                        Stream.of(T0.plus(Duration.ofDays(3)), Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))
                                .map(it -> bad("at " + it, () -> dated(it))),
                        Stream.of(
                                bad("an unknown customer", () -> order(StoreContract.nobody(), "bad")),
                                bad("another tenant's customer", () -> good),
                                bad("revision 0", () -> good.revision(0)),
                                bad("no lines", () -> lines(List.of())),
                                bad("a missing line", () -> lines(Collections.singletonList(null))),
                                bad("1,001 lines", () -> lines(Collections.nCopies(1_001, line))),
                                bad(
                                        "two currencies",
                                        () -> lines(List.of(line, OrderLine.of("x", Money.of(CurrencyUnit.EUR, 1)))))))
                .flatMap(it -> it);
    }

    private static Order dated(Instant at) {
        Order good = order(StoreContract.nobody(), "bad");
        return Order.of(good.customer(), good.number(), at, good.lines());
    }

    private static Order lines(List<OrderLine> lines) {
        return Order.of(StoreContract.nobody(), OrderNumber.of("pos", "bad"), T0, lines);
    }

    private static Stream<BigDecimal> quantities(String... numbers) {
        return Stream.of(numbers).map(BigDecimal::new);
    }

    private static Stream<Bad> refunds(CustomerId stranger) {
        Refund good = refund(stranger, "1", "bad");
        return Stream.of(
                        numbers(),
                        codes(OrderNumber.MAX_LENGTH).map(it -> bad("refund " + it, () -> refund(stranger, "1", it))),
                        quantities("-1", "0.0001", "1E+30").map(it -> bad("units " + it, () -> good.units(it))),
                        money().filter(it -> !it.what().startsWith("another"))
                                .map(it -> bad(
                                        "amount of " + it.what(),
                                        () -> Refund.of(stranger, good.order(), "bad", T0, (Money) present(it)))),
                        Stream.of(
                                bad("an unknown customer", () -> refund(StoreContract.nobody(), "1", "bad")),
                                bad("another tenant's customer", () -> good)))
                .flatMap(it -> it);
    }

    private static Stream<Bad> postings() {
        Posting good = Posting.key("bad-posting").by(StaffId.of("kim"));
        return Stream.of(
                        codes(RequestKey.MAX_LENGTH).map(it -> bad("key " + it, () -> Posting.key(it))),
                        codes(40).map(it -> bad("store " + it, () -> good.in(StoreId.of(it)))),
                        codes(40).map(it -> bad("staff " + it, () -> good.by(StaffId.of(it)))),
                        texts(64).map(it -> bad("reference " + it, () -> good.reference(it))),
                        Stream.of(T0.plus(Duration.ofDays(3)), Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))
                                .map(it -> bad("at " + it, () -> good.at(it))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> grants() {
        Grant good = Grant.of(5);
        return Stream.of(
                bad("0", () -> Grant.of(0)),
                bad("-1", () -> Grant.of(-1)),
                bad("the largest number", () -> Grant.of(Long.MAX_VALUE)),
                bad("a bonus of -1", () -> good.bonus(-1)),
                bad("the largest bonus", () -> good.bonus(Long.MAX_VALUE)),
                bad("a negative cost", () -> good.costing(Money.of(CNY, new BigDecimal("-0.01")))),
                bad("a cost of 10^30", () -> good.costing(Money.of(CNY, new BigDecimal("1E+30")))),
                bad("available too late", () -> good.availableFrom(Instant.MAX)),
                bad("available too early", () -> good.availableFrom(Instant.MIN)),
                bad("expiring after 0 days", () -> good.expiring(Expiry.days(0))),
                bad("expiring after 36,601 days", () -> good.expiring(Expiry.days(36_601))),
                bad("sliding by 0 days", () -> good.expiring(Expiry.sliding(0))),
                bad("through the year 9999", () -> good.expiring(Expiry.through(LocalDate.of(9999, 1, 1)))),
                bad("until after the last instant", () -> good.expiring(Expiry.until(Instant.MAX))));
    }

    private static Stream<Bad> topUps() {
        TopUp good = TopUp.of(Money.of(CNY, new BigDecimal("1.00")));
        Money euro = Money.of(CurrencyUnit.EUR, new BigDecimal("1.00"));
        return Stream.concat(
                money().map(it -> bad(it.what(), () -> TopUp.of((Money) present(it)))),
                Stream.of(
                        bad("a bonus in another currency", () -> good.bonus(euro)),
                        bad("a negative bonus", () -> good.bonus(Money.of(CNY, new BigDecimal("-1.00")))),
                        bad("a negative price", () -> good.price(euro.negated())),
                        bad("available too late", () -> good.availableFrom(Instant.MAX))));
    }

    static Object present(Bad bad) {
        Object value = bad.made().value();
        if (value == null) {
            throw new IllegalStateException("no value");
        }
        return value;
    }

    private static Stream<Bad> identities() {
        return Stream.of(
                        codes(80).map(it -> bad("card " + it, () -> Identity.memberCard(it))),
                        codes(80).map(it -> bad("number " + it, () -> Identity.external("erp", it))),
                        codes(20).map(it -> bad("system " + it, () -> Identity.external(it, "1"))),
                        Stream.of(
                                        "",
                                        "1",
                                        "+0",
                                        "13812345678",
                                        "+86 138 1234 567a",
                                        "+" + "1".repeat(40),
                                        RARE,
                                        "a\u0000b")
                                .map(it -> bad("phone " + it, () -> Identity.phone(it))),
                        Stream.of(
                                        "",
                                        "x",
                                        "@",
                                        "a@",
                                        "@b.c",
                                        "a b@c.de",
                                        "a@b\n.de",
                                        "a".repeat(250) + "@b.de",
                                        "a@b.de\u0000")
                                .map(it -> bad("mail " + it, () -> Identity.email(it))))
                .flatMap(it -> it);
    }

    private static Stream<ProfilePatchCase> patches() {
        return Stream.of(
                        texts(80).map(it -> new ProfilePatchCase("name " + it, () -> named(it))),
                        texts(500)
                                .map(it -> new ProfilePatchCase(
                                        "remark " + it,
                                        () -> ProfilePatch.none().remark(it))),
                        Stream.of("", "x", "not a language", "zh_Hans", "a".repeat(40), RARE)
                                .map(it -> new ProfilePatchCase(
                                        "language " + it,
                                        () -> ProfilePatch.none().language(it))),
                        Stream.of(LocalDate.MIN, LocalDate.of(1899, 12, 31), LocalDate.of(2030, 1, 1), LocalDate.MAX)
                                .map(it -> new ProfilePatchCase(
                                        "born " + it, () -> ProfilePatch.none().birthDate(it))),
                        texts(300).map(it -> new ProfilePatchCase("street " + it, () -> living("CN", it))),
                        Stream.of("", "cn", "XX", "CHN", RARE)
                                .map(it -> new ProfilePatchCase("country " + it, () -> living(it, "1 Main Street"))),
                        Stream.of(0, 11)
                                .map(it -> new ProfilePatchCase(
                                        it + " addresses",
                                        () -> ProfilePatch.none()
                                                .addresses(Collections.nCopies(
                                                        it,
                                                        PostalAddress.of(AddressUse.HOME, "CN", "Wuhan", "1 Main"))))))
                .flatMap(it -> it);
    }

    private static ProfilePatch named(String name) {
        return ProfilePatch.none().name(PersonName.of(name));
    }

    private static ProfilePatch living(String country, String street) {
        return ProfilePatch.none().addresses(List.of(PostalAddress.of(AddressUse.HOME, country, "Wuhan", street)));
    }

    private record ProfilePatchCase(String what, PatchMade made) {}

    private interface PatchMade {
        ProfilePatch value();
    }

    private static Stream<Bad> registrations(Identity taken) {
        Registration good = Registration.of("Ann").key("bad-registration");
        return Stream.of(
                        patches()
                                .map(it ->
                                        bad(it.what(), () -> good.with(it.made().value()))),
                        identities().map(it -> bad(it.what(), () -> good.identity((Identity) present(it)))),
                        Stream.of("", "x", "1", "13812345678", "+86\u0000138")
                                .map(it -> bad("phone " + it, () -> good.phone(it))),
                        codes(RequestKey.MAX_LENGTH).map(it -> bad("key " + it, () -> good.key(it))),
                        Stream.of(
                                bad("no key", () -> Registration.of("Ann")),
                                bad(
                                        "neither name nor identity",
                                        () -> Registration.unnamed().key("bad-registration")),
                                bad("a taken identity", () -> good.identity(taken)),
                                bad("joined in the future", () -> good.at(T0.plus(Duration.ofDays(3)))),
                                bad("joined at the end of time", () -> good.at(Instant.MAX)),
                                bad("21 identities", BadValues::crowded)))
                .flatMap(it -> it);
    }

    private static Registration crowded() {
        Registration registration = Registration.of("Ann").key("bad-registration");
        for (int i = 0; i < 21; i++) {
            registration = registration.memberCard("card " + i);
        }
        return registration;
    }

    private static Stream<Bad> updates(CustomerId stranger, CustomerId somebody) {
        RequestKey key = RequestKey.of("bad-update");
        ProfilePatch good = named("Other");
        return Stream.concat(
                patches()
                        .map(it -> bad(
                                it.what(),
                                () -> ProfileUpdate.of(somebody, it.made().value(), key))),
                Stream.of(
                        bad("an unknown customer", () -> ProfileUpdate.of(StoreContract.nobody(), good, key)),
                        bad("another tenant's customer", () -> ProfileUpdate.of(stranger, good, key)),
                        bad(
                                "a version she does not have",
                                () -> ProfileUpdate.of(somebody, good, key).expecting(99)),
                        bad("version 0", () -> new ProfileUpdate(somebody, good, OptionalLong.of(0), key))));
    }

    private static Stream<Bad> histories(CustomerId stranger, CustomerId somebody) {
        HistoryQuery good = HistoryQuery.of(somebody);
        return Stream.concat(
                codes(60).map(it -> bad("field " + it, () -> good.field(it))),
                Stream.of(
                        bad("an unknown customer", () -> HistoryQuery.of(StoreContract.nobody())),
                        bad("another tenant's customer", () -> HistoryQuery.of(stranger)),
                        bad("from the beginning of time", () -> good.between(Instant.MIN, T0)),
                        bad("to the end of time", () -> good.between(T0, Instant.MAX)),
                        bad("backwards", () -> good.between(T0, T0.minusMillis(1)))));
    }

    private static Stream<Bad> actors() {
        ActorQuery good = ActorQuery.of(StaffId.of("kim"));
        return Stream.concat(
                codes(40).map(it -> bad("actor " + it, () -> new ActorQuery(ActorKind.SYSTEM, it, null, null))),
                Stream.of(
                        bad("a customer's id", () -> new ActorQuery(ActorKind.CUSTOMER, "1", null, null)),
                        bad("from the beginning of time", () -> good.between(Instant.MIN, T0)),
                        bad("backwards", () -> good.between(T0, T0.minusMillis(1)))));
    }

    private static Stream<Bad> issues() {
        Money face = Money.of(CNY, new BigDecimal("10.00"));
        return Stream.concat(
                money().map(it -> bad(it.what(), () -> GiftCardIssue.of(1, (Money) present(it)))),
                Stream.of(
                        bad("no card", () -> GiftCardIssue.of(0, face)),
                        bad("-1 cards", () -> GiftCardIssue.of(-1, face)),
                        bad("10,001 cards", () -> GiftCardIssue.of(10_001, face)),
                        bad(
                                "an expiry that slides",
                                () -> GiftCardIssue.of(1, face).expiring(Expiry.sliding(9))),
                        bad(
                                "expired from the start",
                                () -> GiftCardIssue.of(1, face).expiring(Expiry.until(T0)))));
    }

    private static Stream<Bad> topics() {
        return Stream.concat(
                codes(32).map(it -> bad("purpose " + it, () -> ContactTopic.of(it, Channel.SMS))),
                Stream.of(
                        bad("a purpose with capitals", () -> ContactTopic.of("Marketing", Channel.SMS)),
                        bad(
                                "an address of another channel",
                                () -> ContactTopic.of("marketing", Channel.SMS)
                                        .at(Identity.email("ann@example.com")))));
    }

    private static Stream<Bad> declarations() {
        Declaration good = Declaration.ofCustomer("bad-declaration", "web-form");
        return Stream.of(
                        codes(RequestKey.MAX_LENGTH)
                                .map(it -> bad("key " + it, () -> Declaration.ofCustomer(it, "web-form"))),
                        codes(40).map(it -> bad("source " + it, () -> Declaration.ofCustomer("bad", it))),
                        codes(40)
                                .map(it ->
                                        bad("staff " + it, () -> Declaration.ofStaff(StaffId.of(it), "bad", "till"))),
                        codes(40).map(it -> bad("text " + it, () -> good.text(it))),
                        codes(120).map(it -> bad("evidence " + it, () -> good.evidence(it))),
                        Stream.of(T0.plus(Duration.ofDays(3)), Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))
                                .map(it -> bad("at " + it, () -> good.at(it))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> owners() {
        return Stream.of(
                        codes(40).map(it -> bad("staff " + it, () -> Owner.staff(it))),
                        codes(40).map(it -> bad("store " + it, () -> Owner.store(it))),
                        Stream.of(bad("nobody", () -> new Owner(null, null))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> instructions() {
        return Stream.of(
                        codes(40).map(it -> bad("staff " + it, () -> Instruction.by(it, "bad"))),
                        codes(RequestKey.MAX_LENGTH).map(it -> bad("key " + it, () -> Instruction.by("head", it))),
                        codes(Instruction.MAX_REASON)
                                .map(it -> bad(
                                        "reason " + it,
                                        () -> Instruction.by("head", "bad").because(it))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> enrolments(CustomerId stranger) {
        Enrolment good = Enrolment.of(Notice.ofCustomer("bad-enrolment"));
        return Stream.of(
                        notices().map(it -> bad(it.what(), () -> Enrolment.of((Notice) present(it)))),
                        codes(40).map(it -> bad("store " + it, () -> good.in(it))),
                        codes(Enrolment.MAX_CHANNEL).map(it -> bad("channel " + it, () -> good.through(it))),
                        codes(80).map(it -> bad("number " + it, () -> good.number(it))),
                        Stream.of(T0.plus(Duration.ofDays(3)), Instant.MAX, Instant.MIN, Instant.EPOCH.minusMillis(1))
                                .map(it -> bad("at " + it, () -> good.at(it))),
                        Stream.of(
                                bad("a wrong check digit", () -> good.number("6000000000001")),
                                bad("an unknown referrer", () -> good.broughtBy(StoreContract.nobody())),
                                bad("another tenant's referrer", () -> good.broughtBy(stranger))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> notices() {
        return Stream.of(
                        codes(40).map(it -> bad("staff " + it, () -> Notice.ofStaff(it, "bad"))),
                        codes(RequestKey.MAX_LENGTH).map(it -> bad("key " + it, () -> Notice.ofCustomer(it))),
                        codes(Notice.MAX_REASON)
                                .map(it -> bad(
                                        "reason " + it,
                                        () -> Notice.ofCustomer("bad").because(it))))
                .flatMap(it -> it);
    }

    private static Stream<Bad> presented() {
        return Stream.of(
                        Stream.of(
                                        "",
                                        "x",
                                        "0000-0000-0000-0001",
                                        "0".repeat(65),
                                        "0000 0000 0000 000\u0000",
                                        RARE.repeat(8))
                                .map(it -> bad("code " + it, () -> PresentedCard.of(it, "till-1"))),
                        Stream.of(bad("a code no card has", () -> PresentedCard.of("0".repeat(16), "till-1"))),
                        codes(64).map(it -> bad("origin " + it, () -> PresentedCard.of("0".repeat(16), it))))
                .flatMap(it -> it);
    }
}
