package dev.retailcrm.jdbc;

import dev.retailcrm.assets.benefit.BenefitMerge;
import dev.retailcrm.assets.benefit.BenefitPrivacy;
import dev.retailcrm.assets.benefit.BenefitSettings;
import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.checkout.BenefitTerms;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutParts;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.checkout.CheckoutPrivacy;
import dev.retailcrm.assets.coupon.CouponMerge;
import dev.retailcrm.assets.coupon.CouponPrivacy;
import dev.retailcrm.assets.coupon.CouponSettings;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.earn.EarnMerge;
import dev.retailcrm.assets.earn.EarnPrivacy;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Ledger;
import dev.retailcrm.assets.ledger.LedgerMerge;
import dev.retailcrm.assets.ledger.LedgerPrivacy;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.redeem.Exchanges;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.assets.rule.AssetVocabulary;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.CheckoutPorts;
import dev.retailcrm.assets.spi.EarnPorts;
import dev.retailcrm.assets.stored.GiftCardPrivacy;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.tier.TierPrivacy;
import dev.retailcrm.assets.tier.TierVocabulary;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceMerge;
import dev.retailcrm.audience.AudiencePrivacy;
import dev.retailcrm.audience.AudienceTagUsage;
import dev.retailcrm.audience.AudienceVocabulary;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessHistory;
import dev.retailcrm.core.access.AccessPrivacy;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorMerge;
import dev.retailcrm.core.behavior.BehaviorPrivacy;
import dev.retailcrm.core.consent.ConsentMerge;
import dev.retailcrm.core.consent.ConsentPrivacy;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.event.EventListener;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldMerge;
import dev.retailcrm.core.field.FieldPrivacy;
import dev.retailcrm.core.imports.Imports;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.lifecycle.LifecyclePrivacy;
import dev.retailcrm.core.membership.MemberNumbers;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.MembershipMerge;
import dev.retailcrm.core.membership.MembershipPrivacy;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.merge.MergePrivacy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.merge.ReviewMerge;
import dev.retailcrm.core.merge.ReviewPrivacy;
import dev.retailcrm.core.merge.Reviews;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipMerge;
import dev.retailcrm.core.ownership.OwnershipPrivacy;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.TradeObserver;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.core.trade.TradeMerge;
import dev.retailcrm.core.trade.TradePrivacy;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.TagMerge;
import dev.retailcrm.tags.TagPrivacy;
import dev.retailcrm.tags.TagVocabulary;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelLinks;
import dev.retailcrm.tags.spi.TagChannel;
import dev.retailcrm.tags.spi.TagUsage;
import dev.retailcrm.tags.sync.SyncMerge;
import dev.retailcrm.tags.sync.SyncPrivacy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tags.sync.TagSync;
import java.util.ArrayList;
import java.util.List;
import org.joda.money.CurrencyUnit;

/** The facades of one tenant. They are cheap to make and may be kept. Immutable. */
public final class JdbcTenant {
    /** The points program of a tenant that has one. */
    public static final String STANDARD = "standard";

    private final TenantId tenant;
    private final Wiring wiring;
    private final UnitOfWork unitOfWork;
    private final AccessPolicy policy;
    private final Access access;
    private final boolean tagged;
    private final boolean live;

    JdbcTenant(TenantId tenant, Wiring wiring, UnitOfWork unitOfWork, AccessPolicy policy) {
        this(tenant, wiring, unitOfWork, policy, Access.unrestricted(), false, false);
    }

    private JdbcTenant(
            TenantId tenant,
            Wiring wiring,
            UnitOfWork unitOfWork,
            AccessPolicy policy,
            Access access,
            boolean tagged,
            boolean live) {
        this.tenant = tenant;
        this.wiring = wiring;
        this.unitOfWork = unitOfWork;
        this.policy = policy;
        this.access = access;
        this.tagged = tagged;
        this.live = live;
    }

    /**
     * The same facades on behalf of a principal, as far as the kernel's access policy permits: what it does not is refused as
     * {@link CoreError#ACCESS_DENIED} before anything is read or written. Histories name her as actor, and what she is shown of personal
     * data in clear is kept in the {@link #accessHistory()}. Takes the place of a principal given before.
     */
    public JdbcTenant as(Principal principal) {
        return new JdbcTenant(
                tenant, wiring, unitOfWork, policy, wiring.access(tenant, principal, policy), tagged, live);
    }

    /**
     * The same facades, and whatever is written by them runs the tenant's {@link #autoTags() automatic tags} in the same transaction: for every process
     * of a tenant that has any.
     */
    public JdbcTenant withAutoTags() {
        return new JdbcTenant(tenant, wiring, unitOfWork, policy, access, true, live);
    }

    /**
     * The same facades, and whatever is written by them lets customers enter and leave the tenant's {@link #audiences() audiences} in the same
     * transaction: for every process of a tenant that wants them live.
     */
    public JdbcTenant withLiveAudiences() {
        return new JdbcTenant(tenant, wiring, unitOfWork, policy, access, tagged, true);
    }

    /** Tags that customers get, and lose, by rules; run by what is written {@linkplain #withAutoTags() with them}, and by the host as time goes by. */
    public AutoTags autoTags() {
        return new AutoTags(tenant, wiring.autoTagPorts(unitOfWork), plainRules())
                .observedBy(live ? audiences().observer() : FactObserver.NONE)
                .guardedBy(access);
    }

    private FactObserver observer() {
        if (tagged) {
            return autoTags().observer();
        }
        return live ? audiences().observer() : FactObserver.NONE;
    }

    /** Who was shown personal data. */
    public AccessHistory accessHistory() {
        return new AccessHistory(tenant, wiring.accessLog(), unitOfWork).guardedBy(access);
    }

    /** Who the customers are. */
    public Customers customers() {
        Customers.Builder builder = Customers.builder(tenant, wiring.clock()).ids(wiring.ids());
        if (wiring.region() != null) {
            builder.region(wiring.region());
        }
        return builder.in(wiring.customers(), wiring.requests(), unitOfWork)
                .observedBy(observer())
                .guardedBy(access);
    }

    /** The fields that the tenant defined for its customers. */
    public CustomFields fields() {
        return new CustomFields(tenant, wiring.fieldPorts(unitOfWork))
                .observedBy(observer())
                .guardedBy(access);
    }

    /** Imports customers, orders, refunds and behaviour from files; instants that name no zone are in the retailer's. */
    public Imports imports() {
        return new Imports(customers(), trade(), behavior(), wiring.zone());
    }

    /** What the customers allowed and refused, under the {@link ConsentRules#standard() standard rules}. */
    public Consents consents() {
        return consents(ConsentRules.standard());
    }

    /** What the customers allowed and refused, under rules of the host's own. */
    public Consents consents(ConsentRules rules) {
        return new Consents(tenant, rules, wiring.consentPorts(unitOfWork)).guardedBy(access);
    }

    /** Whom the customers belong to, under the {@link OwnershipRules#standard() standard rules}. */
    public Ownership ownership() {
        return ownership(OwnershipRules.standard());
    }

    /** Whom the customers belong to, under rules of the host's own. */
    public Ownership ownership(OwnershipRules rules) {
        return new Ownership(tenant, rules, wiring.ownershipPorts(unitOfWork)).guardedBy(access);
    }

    /** Which customers are members, numbered by {@link RandomMemberNumbers#standard()}. */
    public Membership membership() {
        return membership(RandomMemberNumbers.standard());
    }

    /** Which customers are members, under a numbering of the host's own. */
    public Membership membership(MemberNumbers numbers) {
        return new Membership(
                        tenant,
                        numbers,
                        customers().guardedBy(Access.unrestricted()),
                        wiring.membershipPorts(unitOfWork))
                .observedBy(observer())
                .guardedBy(access);
    }

    /** The points of the program {@value #STANDARD}, on the default {@link Terms} in the retailer's zone. */
    public Points points() {
        return points(STANDARD, terms());
    }

    /** The points of a program. */
    public Points points(String program, Terms terms) {
        return new Points(ledger(Asset.points(program), terms));
    }

    /** Stored value on the default {@link Terms} in the retailer's zone. */
    public StoredValue storedValue(CurrencyUnit currency) {
        return storedValue(currency, terms());
    }

    /** Stored value. */
    public StoredValue storedValue(CurrencyUnit currency, Terms terms) {
        return new StoredValue(ledger(Asset.storedValue(currency), terms));
    }

    /** Gift cards on the default {@link Terms} in the retailer's zone; wrong codes are counted in this process. */
    public GiftCards giftCards(CurrencyUnit currency) {
        return giftCards(
                GiftCards.builder(tenant, currency, terms()).throttle(wiring.guesses()), storedValue(currency));
    }

    /**
     * Gift cards with settings of the host's own, such as a pepper for their codes.
     *
     * @param accounts where the value of cards can be moved to
     */
    public GiftCards giftCards(GiftCards.Builder settings, StoredValue accounts) {
        return settings.ids(wiring.ids())
                .in(wiring.giftCards(), wiring.ledgerPorts(unitOfWork).observedBy(observer()), accounts)
                .guardedBy(access);
    }

    /** What the ledgers of all customers add up to; months are the retailer's. */
    public AssetReports assetReports() {
        return new AssetReports(tenant, wiring.history(), unitOfWork, wiring.zone()).guardedBy(access);
    }

    /** Coupons, by the days of the retailer's zone; wrong codes are counted in this process. */
    public Coupons coupons() {
        return coupons(CouponSettings.in(wiring.zone()).throttle(wiring.guesses()));
    }

    /** Coupons with settings of the host's own, such as a pepper for their codes. */
    public Coupons coupons(CouponSettings settings) {
        return new Coupons(tenant, wiring.couponPorts(unitOfWork), settings.ids(wiring.ids())).guardedBy(access);
    }

    /** At which levels the customers are; days are counted in the retailer's zone. */
    public Tiers tiers() {
        return new Tiers(tenant, wiring.zone(), wiring.tierPorts(unitOfWork).observedBy(observer())).guardedBy(access);
    }

    private Tiers plainTiers() {
        return new Tiers(tenant, wiring.zone(), wiring.tierPorts(unitOfWork));
    }

    /** Which benefits the customers have; days are counted in their zones, or the retailer's. */
    public Benefits benefits() {
        return plainBenefits().guardedBy(access);
    }

    private Benefits plainBenefits() {
        return new Benefits(tenant, wiring.benefitPorts(unitOfWork), benefitSettings(), plainTiers());
    }

    private BenefitPorts observedBenefits() {
        return wiring.benefitPorts(unitOfWork).observedBy(observer());
    }

    private BenefitSettings benefitSettings() {
        return BenefitSettings.in(wiring.zone()).ids(wiring.ids());
    }

    /** The cards of the customers; days are counted in the retailer's zone. */
    public Cards cards() {
        return new Cards(tenant, observedBenefits(), benefitSettings()).guardedBy(access);
    }

    /** The goods that are offered for points. */
    public Exchanges exchanges() {
        return new Exchanges(tenant, observedBenefits()).guardedBy(access);
    }

    /** What the customers use up, without one-time codes, on the default {@link Terms} in the retailer's zone. */
    public Redemptions redemptions() {
        return redemptions(RedeemSettings.of(terms()).throttle(wiring.guesses()));
    }

    /** What the customers use up, with settings of the host's own, such as the secret of one-time codes. */
    public Redemptions redemptions(RedeemSettings settings) {
        return new Redemptions(
                        tenant,
                        observedBenefits(),
                        plainBenefits(),
                        coupons().guardedBy(Access.unrestricted()),
                        benefitSettings(),
                        settings)
                .guardedBy(access);
    }

    /** By what the customers earn points and growth value, on the default {@link Terms} in the retailer's zone. */
    public Earning earning() {
        return earning(terms());
    }

    /**
     * By what the customers earn.
     *
     * @param terms on which value is booked, in every asset
     */
    public Earning earning(Terms terms) {
        EarnPorts ports = wiring.earnPorts(unitOfWork).observedBy(observer());
        return new Earning(tenant, terms, ports, plainRules(), plainTiers()).guardedBy(access);
    }

    /** The checkout, under the {@link CheckoutPolicy#standard() standard policy}. */
    public Checkout checkout() {
        return checkout(CheckoutPolicy.standard());
    }

    /** The checkout, under a policy of the host's own, with the points of the program {@value #STANDARD}. */
    public Checkout checkout(CheckoutPolicy policy) {
        return checkout(policy, plainParts(policy));
    }

    /**
     * The checkout, with facades of the host's own.
     *
     * @param parts of this tenant; they ask what their own access permits
     */
    public Checkout checkout(CheckoutPolicy policy, CheckoutParts parts) {
        CheckoutPorts ports = wiring.checkoutPorts(unitOfWork).observedBy(observer());
        return new Checkout(tenant, policy, ports, parts).guardedBy(access);
    }

    /** They tell nobody: the checkout tells of all that they book. */
    private CheckoutParts plainParts(CheckoutPolicy rules) {
        JdbcTenant plain = new JdbcTenant(tenant, wiring, unitOfWork, policy, Access.unrestricted(), false, false);
        return new CheckoutParts(
                plain.points(),
                plain::storedValue,
                plain::giftCards,
                plain.coupons(),
                plain.earning(),
                rules.benefits() ? List.of(new BenefitTerms(plain.benefits())) : List.of());
    }

    /** What the customers buy; days and months are counted in the retailer's zone. */
    public Trade trade() {
        return new Trade(tenant, wiring.trade(), unitOfWork, wiring.clock(), wiring.zone())
                .observedBy(observer())
                .guardedBy(access);
    }

    /** The same, telling these of every change in the transaction that made it, such as {@link Lifecycle#observer()}. */
    public Trade trade(TradeObserver... observers) {
        return new Trade(tenant, wiring.trade(), unitOfWork, wiring.clock(), wiring.zone(), List.of(observers))
                .observedBy(observer())
                .guardedBy(access);
    }

    /** The stage each customer is at, under the {@link LifecyclePolicy#standard() standard policy}. */
    public Lifecycle lifecycle() {
        return lifecycle(LifecyclePolicy.standard());
    }

    /** The stage each customer is at, under a policy of the host's own. */
    public Lifecycle lifecycle(LifecyclePolicy policy) {
        return new Lifecycle(tenant, policy, wiring.lifecyclePorts(unitOfWork)).guardedBy(access);
    }

    /** Rules about the customers, by the retailer's clocks, with weeks that start on Monday. */
    public RuleQueries rules() {
        return rules(RuleTime.in(wiring.zone()));
    }

    /** Rules about the customers, by a calendar of the host's own. */
    public RuleQueries rules(RuleTime time) {
        return rulesBy(time).guardedBy(access);
    }

    /** Without audiences: nobody tells automatic tags who enters and leaves them. */
    private RuleQueries plainRules() {
        return new RuleQueries(
                tenant,
                RuleTime.in(wiring.zone()),
                wiring.rulePorts(unitOfWork),
                List.of(
                        new AssetVocabulary(),
                        new TierVocabulary(unitOfWork, wiring.definitions()),
                        new TagVocabulary(wiring.tags())));
    }

    private RuleQueries rulesBy(RuleTime time) {
        return new RuleQueries(
                tenant,
                time,
                wiring.rulePorts(unitOfWork),
                List.of(
                        new AssetVocabulary(),
                        new TierVocabulary(unitOfWork, wiring.definitions()),
                        new TagVocabulary(wiring.tags()),
                        new AudienceVocabulary(wiring.audiences())));
    }

    /** Audiences of the customers, by the retailer's clocks, with weeks that start on Monday. */
    public Audiences audiences() {
        return audiences(RuleTime.in(wiring.zone()));
    }

    /** Audiences of the customers, by a calendar of the host's own. */
    public Audiences audiences(RuleTime time) {
        Audiences all = new Audiences(tenant, wiring.audiencePorts(unitOfWork), rulesBy(time));
        return (live ? all.live() : all).guardedBy(access);
    }

    /** Makes two customers one, and two again. */
    public Merges merges() {
        return merges(List.of());
    }

    /**
     * The same where the host keeps rows of customers too, which come along by participants of its own. One with the name of one of this
     * library's takes its place: {@link Lifecycle#mergeParticipant()} of the host's policy.
     */
    public Merges merges(List<MergeParticipant> hosts) {
        List<MergeParticipant> all = new ArrayList<>(List.of(
                new ConsentMerge(wiring.consents()),
                new FieldMerge(wiring.fieldPorts(unitOfWork)),
                new BehaviorMerge(wiring.behavior()),
                new TradeMerge(tenant, wiring.trade(), unitOfWork, wiring.clock(), wiring.zone()),
                new LedgerMerge(wiring.ledgerPorts(unitOfWork)),
                new CouponMerge(wiring.coupons(), wiring.customers()),
                new EarnMerge(wiring.earnings()),
                plainTiers().mergeParticipant(),
                new BenefitMerge(wiring.benefits(), wiring.customers()),
                new OwnershipMerge(wiring.ownership(), wiring.customers()),
                new MembershipMerge(wiring.membership()),
                new ReviewMerge(wiring.reviews(), wiring.customers()),
                new TagMerge(wiring.tags(), wiring.customers()),
                new AudienceMerge(wiring.audiences(), wiring.audienceMembers(), wiring.customers()),
                new SyncMerge(wiring.sync(), wiring.customers()),
                new Lifecycle(tenant, LifecyclePolicy.standard(), wiring.lifecyclePorts(unitOfWork))
                        .mergeParticipant()));
        all.removeIf(own -> hosts.stream().anyMatch(host -> host.name().equals(own.name())));
        all.addAll(hosts);
        if (tagged) {
            all.add(autoTags().mergeParticipant());
        }
        if (live) {
            all.add(audiences().mergeParticipant());
        }
        return new Merges(tenant, wiring.mergePorts(unitOfWork), all).guardedBy(access);
    }

    /** Pairs of customers who may be one, for somebody to decide. */
    public Reviews reviews() {
        return reviews(merges());
    }

    /** The same where the host keeps rows of customers too: those who are one are merged by these. */
    public Reviews reviews(Merges merges) {
        return new Reviews(tenant, wiring.reviewPorts(unitOfWork), merges).guardedBy(access);
    }

    /** What is kept of a person, to be given to her, and to be erased. */
    public Privacy privacy() {
        return privacy(List.of());
    }

    /**
     * The same where the host keeps rows of customers too, which are exported and erased by participants of its own. One with the name of one
     * of this library's takes its place.
     */
    public Privacy privacy(List<PrivacyParticipant> hosts) {
        List<PrivacyParticipant> all = new ArrayList<>(List.of(
                new FieldPrivacy(wiring.fields()),
                new ConsentPrivacy(wiring.consents()),
                new BehaviorPrivacy(wiring.behaviorPorts(unitOfWork)),
                new TradePrivacy(wiring.trade()),
                new LedgerPrivacy(wiring.ledgerPorts(unitOfWork)),
                new EarnPrivacy(wiring.earnings()),
                new CheckoutPrivacy(wiring.checkout()),
                new TierPrivacy(wiring.tiers()),
                new BenefitPrivacy(wiring.benefits()),
                new GiftCardPrivacy(wiring.giftCards(), wiring.history()),
                new CouponPrivacy(wiring.coupons()),
                new OwnershipPrivacy(wiring.ownership()),
                new MembershipPrivacy(wiring.membership()),
                new LifecyclePrivacy(wiring.stages()),
                new TagPrivacy(wiring.tags(), wiring.autoTags()),
                new AudiencePrivacy(wiring.audienceMembers(), wiring.dueAudiences()),
                new SyncPrivacy(wiring.sync()),
                new MergePrivacy(wiring.merges()),
                new ReviewPrivacy(wiring.reviews()),
                new AccessPrivacy(wiring.accessLog())));
        all.removeIf(own -> hosts.stream().anyMatch(host -> host.name().equals(own.name())));
        all.addAll(hosts);
        return new Privacy(tenant, wiring.privacyPorts(unitOfWork), all).guardedBy(access);
    }

    /** What the customers and visitors do. */
    public Behavior behavior() {
        return new Behavior(tenant, wiring.behaviorPorts(unitOfWork))
                .observedBy(observer())
                .guardedBy(access);
    }

    /** Which tags the customers have. */
    public Tags tags() {
        return tags(List.of());
    }

    /** The same where something of the host's uses tags too: a tag it uses is not deleted. */
    public Tags tags(List<TagUsage> hosts) {
        List<TagUsage> all = new ArrayList<>(hosts);
        all.add(new AudienceTagUsage(wiring.audiences()));
        return new Tags(tenant, wiring.tagPorts(unitOfWork), all)
                .observedBy(observer())
                .guardedBy(access);
    }

    /**
     * Keeps the customers' tags the same in an outside system. Its steps are not taken in a transaction of the host's.
     *
     * @param links which customers are meant
     */
    public TagSync tagSync(TagChannel channel, ChannelLinks links, SyncSetup setup) {
        Tags all = tags().guardedBy(Access.unrestricted());
        return new TagSync(tenant, wiring.syncPorts(unitOfWork), all, channel, links, setup).guardedBy(access);
    }

    /** Hands the tenant's events to a listener, when the host drains it. */
    public EventRelay events(EventListener listener) {
        return EventRelay.builder(tenant, wiring.outbox(), unitOfWork, wiring.clock())
                .to(listener)
                .guardedBy(access);
    }

    /** The default terms in the retailer's zone, to be changed where they differ. */
    public Terms terms() {
        return Terms.in(wiring.zone());
    }

    private Ledger ledger(Asset asset, Terms terms) {
        return new Ledger(tenant, asset, terms, wiring.ledgerPorts(unitOfWork).observedBy(observer()))
                .guardedBy(access);
    }
}
