package dev.retailcrm.tck;

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
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.stored.GiftCardPrivacy;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
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
import dev.retailcrm.core.access.AccessRecorder;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.RolePolicy;
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
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerIds;
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
import dev.retailcrm.core.ownership.OwnershipOwners;
import dev.retailcrm.core.ownership.OwnershipPrivacy;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.CustomerOwners;
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
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * The whole library wired to memory, for tests, demos and evaluation; what is written is gone with the process. Thread-safe.
 *
 * <pre>{@code
 * var crm = InMemoryCrm.on(clock);
 * Customer ann = crm.tenant("acme").customers().register(Registration.of("Ann").key("reg/1"));
 * crm.tenant("acme").points().earn(ann.id(), 100, Posting.key("S01/till-3/000812/earn"));
 * }</pre>
 */
public final class InMemoryCrm {
    private final InMemoryDatabase database;
    private final LedgerPorts ledgerPorts;
    private final InstantSource clock;
    private final CustomerIds ids;
    private final @Nullable String region;
    private final ZoneId zone;
    private final AccessPolicy accessPolicy;
    private final GuessThrottle guesses = new LocalGuessThrottle();

    private InMemoryCrm(Builder settings) {
        this.clock = settings.clock;
        this.database = new InMemoryDatabase(settings.lockWait);
        this.ledgerPorts = database.ledgerPorts(clock);
        this.ids = CustomerIds.on(clock);
        this.region = settings.region;
        this.zone = settings.zone;
        this.accessPolicy = Check.present(
                settings.accessPolicy.apply(new OwnershipOwners(database.ownership(), database.unitOfWork())),
                "access policy");
    }

    /** An empty one on this clock, with all defaults of {@link #builder}. */
    public static InMemoryCrm on(InstantSource clock) {
        return builder(clock).build();
    }

    /** Starts one that differs from the defaults. */
    public static Builder builder(InstantSource clock) {
        return new Builder(clock);
    }

    /** The facades of one tenant. */
    public Tenant tenant(String tenant) {
        return tenant(TenantId.of(tenant));
    }

    /** The facades of one tenant. */
    public Tenant tenant(TenantId tenant) {
        return new Tenant(Check.present(tenant, "tenant"), Access.unrestricted(), false, false);
    }

    /** To run several commands as one: they all commit or none does. */
    public UnitOfWork unitOfWork() {
        return database.unitOfWork();
    }

    /** Where it is kept. */
    public InMemoryDatabase database() {
        return database;
    }

    private Access access(TenantId tenant, Principal principal) {
        return Access.of(tenant, principal, accessPolicy)
                .recordedBy(new AccessRecorder(database.accessLog(), ids, clock));
    }

    /**
     * The facades of one tenant, with the accessors of the {@code JdbcTenant} on a database, so that one takes the place of the other.
     * They are cheap to make and may be kept. Immutable.
     */
    public final class Tenant {
        /** The points program of a tenant that has one. */
        public static final String STANDARD = "standard";

        private final TenantId tenant;
        private final Access access;
        private final boolean tagged;
        private final boolean live;

        private Tenant(TenantId tenant, Access access, boolean tagged, boolean live) {
            this.tenant = tenant;
            this.access = access;
            this.tagged = tagged;
            this.live = live;
        }

        /**
         * The same facades on behalf of a principal, as far as the kernel's access policy permits: what it does not is refused as
         * {@link CoreError#ACCESS_DENIED} before anything is read or written. Histories name her as actor, and what she is shown of personal
         * data in clear is kept in the {@link #accessHistory()}. Takes the place of a principal given before.
         */
        public Tenant as(Principal principal) {
            return new Tenant(tenant, access(tenant, principal), tagged, live);
        }

        /**
         * The same facades, and whatever is written by them runs the tenant's {@link #autoTags() automatic tags} in the same transaction: for every process
         * of a tenant that has any.
         */
        public Tenant withAutoTags() {
            return new Tenant(tenant, access, true, live);
        }

        /**
         * The same facades, and whatever is written by them lets customers enter and leave the tenant's {@link #audiences() audiences} in the same
         * transaction: for every process of a tenant that wants them live.
         */
        public Tenant withLiveAudiences() {
            return new Tenant(tenant, access, tagged, true);
        }

        /** Tags that customers get, and lose, by rules; run by what is written {@linkplain #withAutoTags() with them}, and by the host as time goes by. */
        public AutoTags autoTags() {
            return new AutoTags(tenant, database.autoTagPorts(clock), plainRules())
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
            return new AccessHistory(tenant, database.accessLog(), database.unitOfWork()).guardedBy(access);
        }

        /** Who the customers are. */
        public Customers customers() {
            Customers.Builder builder = Customers.builder(tenant, clock).ids(ids);
            return (region == null ? builder : builder.region(region))
                    .in(database.customers(), database.requests(), database.unitOfWork())
                    .observedBy(observer())
                    .guardedBy(access);
        }

        /** The fields that the tenant defined for its customers. */
        public CustomFields fields() {
            return new CustomFields(tenant, database.fieldPorts(clock))
                    .observedBy(observer())
                    .guardedBy(access);
        }

        /** Imports customers, orders, refunds and behaviour from files; instants that name no zone are in the retailer's. */
        public Imports imports() {
            return new Imports(customers(), trade(), behavior(), zone);
        }

        /** What the customers allowed and refused, under the {@link ConsentRules#standard() standard rules}. */
        public Consents consents() {
            return consents(ConsentRules.standard());
        }

        /** What the customers allowed and refused, under rules of the host's own. */
        public Consents consents(ConsentRules rules) {
            return new Consents(tenant, rules, database.consentPorts(clock)).guardedBy(access);
        }

        /** Whom the customers belong to, under the {@link OwnershipRules#standard() standard rules}. */
        public Ownership ownership() {
            return ownership(OwnershipRules.standard());
        }

        /** Whom the customers belong to, under rules of the host's own. */
        public Ownership ownership(OwnershipRules rules) {
            return new Ownership(tenant, rules, database.ownershipPorts(clock)).guardedBy(access);
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
                            database.membershipPorts(clock))
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
            return giftCards(GiftCards.builder(tenant, currency, terms()).throttle(guesses), storedValue(currency));
        }

        /**
         * Gift cards with settings of the host's own, such as a pepper for their codes.
         *
         * @param accounts where the value of cards can be moved to
         */
        public GiftCards giftCards(GiftCards.Builder settings, StoredValue accounts) {
            return settings.ids(ids)
                    .in(database.giftCards(), ledgerPorts.observedBy(observer()), accounts)
                    .guardedBy(access);
        }

        /** What the ledgers of all customers add up to; months are the retailer's. */
        public AssetReports assetReports() {
            return new AssetReports(tenant, database.ledgerHistory(), database.unitOfWork(), zone).guardedBy(access);
        }

        /** Coupons, by the days of the retailer's zone; wrong codes are counted in this process. */
        public Coupons coupons() {
            return coupons(CouponSettings.in(zone).throttle(guesses));
        }

        /** Coupons with settings of the host's own, such as a pepper for their codes. */
        public Coupons coupons(CouponSettings settings) {
            return new Coupons(tenant, database.couponPorts(clock), settings.ids(ids)).guardedBy(access);
        }

        /** At which levels the customers are; days are counted in the retailer's zone. */
        public Tiers tiers() {
            return new Tiers(tenant, zone, database.tierPorts(clock).observedBy(observer())).guardedBy(access);
        }

        private Tiers plainTiers() {
            return new Tiers(tenant, zone, database.tierPorts(clock));
        }

        /** Which benefits the customers have; days are counted in their zones, or the retailer's. */
        public Benefits benefits() {
            return plainBenefits().guardedBy(access);
        }

        private Benefits plainBenefits() {
            return new Benefits(tenant, database.benefitPorts(clock), benefitSettings(), plainTiers());
        }

        private BenefitPorts observedBenefits() {
            return database.benefitPorts(clock).observedBy(observer());
        }

        private BenefitSettings benefitSettings() {
            return BenefitSettings.in(zone).ids(ids);
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
            return redemptions(RedeemSettings.of(terms()).throttle(guesses));
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
            EarnPorts ports = database.earnPorts(clock).observedBy(observer());
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
            CheckoutPorts ports = database.checkoutPorts(clock).observedBy(observer());
            return new Checkout(tenant, policy, ports, parts).guardedBy(access);
        }

        /** They tell nobody: the checkout tells of all that they book. */
        private CheckoutParts plainParts(CheckoutPolicy rules) {
            Tenant plain = new Tenant(tenant, Access.unrestricted(), false, false);
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
            return new Trade(tenant, database.trade(), database.unitOfWork(), clock, zone)
                    .observedBy(observer())
                    .guardedBy(access);
        }

        /** The same, telling these of every change in the transaction that made it, such as {@link Lifecycle#observer()}. */
        public Trade trade(TradeObserver... observers) {
            return new Trade(tenant, database.trade(), database.unitOfWork(), clock, zone, List.of(observers))
                    .observedBy(observer())
                    .guardedBy(access);
        }

        /** The stage each customer is at, under the {@link LifecyclePolicy#standard() standard policy}. */
        public Lifecycle lifecycle() {
            return lifecycle(LifecyclePolicy.standard());
        }

        /** The stage each customer is at, under a policy of the host's own. */
        public Lifecycle lifecycle(LifecyclePolicy policy) {
            return new Lifecycle(tenant, policy, database.lifecyclePorts(clock)).guardedBy(access);
        }

        /** Rules about the customers, by the retailer's clocks, with weeks that start on Monday. */
        public RuleQueries rules() {
            return rules(RuleTime.in(zone));
        }

        /** Rules about the customers, by a calendar of the host's own. */
        public RuleQueries rules(RuleTime time) {
            return rulesBy(time).guardedBy(access);
        }

        /** Without audiences: nobody tells automatic tags who enters and leaves them. */
        private RuleQueries plainRules() {
            return new RuleQueries(
                    tenant,
                    RuleTime.in(zone),
                    database.rulePorts(clock),
                    List.of(
                            new AssetVocabulary(),
                            new TierVocabulary(database.unitOfWork(), database.definitions()),
                            new TagVocabulary(database.tags())));
        }

        private RuleQueries rulesBy(RuleTime time) {
            return new RuleQueries(
                    tenant,
                    time,
                    database.rulePorts(clock),
                    List.of(
                            new AssetVocabulary(),
                            new TierVocabulary(database.unitOfWork(), database.definitions()),
                            new TagVocabulary(database.tags()),
                            new AudienceVocabulary(database.audiences())));
        }

        /** Audiences of the customers, by the retailer's clocks, with weeks that start on Monday. */
        public Audiences audiences() {
            return audiences(RuleTime.in(zone));
        }

        /** Audiences of the customers, by a calendar of the host's own. */
        public Audiences audiences(RuleTime time) {
            Audiences all = new Audiences(tenant, database.audiencePorts(clock), rulesBy(time));
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
                    new ConsentMerge(database.consents()),
                    new FieldMerge(database.fieldPorts(clock)),
                    new BehaviorMerge(database.behavior()),
                    new TradeMerge(tenant, database.trade(), database.unitOfWork(), clock, zone),
                    new LedgerMerge(ledgerPorts),
                    new CouponMerge(database.coupons(), database.customers()),
                    new EarnMerge(database.earnings()),
                    plainTiers().mergeParticipant(),
                    new BenefitMerge(database.benefits(), database.customers()),
                    new OwnershipMerge(database.ownership(), database.customers()),
                    new MembershipMerge(database.membership()),
                    new ReviewMerge(database.reviews(), database.customers()),
                    new TagMerge(database.tags(), database.customers()),
                    new AudienceMerge(database.audiences(), database.audienceMembers(), database.customers()),
                    new SyncMerge(database.sync(), database.customers()),
                    new Lifecycle(tenant, LifecyclePolicy.standard(), database.lifecyclePorts(clock))
                            .mergeParticipant()));
            all.removeIf(own -> hosts.stream().anyMatch(host -> host.name().equals(own.name())));
            all.addAll(hosts);
            if (tagged) {
                all.add(autoTags().mergeParticipant());
            }
            if (live) {
                all.add(audiences().mergeParticipant());
            }
            return new Merges(tenant, database.mergePorts(clock), all).guardedBy(access);
        }

        /** Pairs of customers who may be one, for somebody to decide. */
        public Reviews reviews() {
            return reviews(merges());
        }

        /** The same where the host keeps rows of customers too: those who are one are merged by these. */
        public Reviews reviews(Merges merges) {
            return new Reviews(tenant, database.reviewPorts(clock), merges).guardedBy(access);
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
                    new FieldPrivacy(database.fields()),
                    new ConsentPrivacy(database.consents()),
                    new BehaviorPrivacy(behaviorPorts()),
                    new TradePrivacy(database.trade()),
                    new LedgerPrivacy(ledgerPorts),
                    new EarnPrivacy(database.earnings()),
                    new CheckoutPrivacy(database.checkout()),
                    new TierPrivacy(database.tiers()),
                    new BenefitPrivacy(database.benefits()),
                    new GiftCardPrivacy(database.giftCards(), database.ledgerHistory()),
                    new CouponPrivacy(database.coupons()),
                    new OwnershipPrivacy(database.ownership()),
                    new MembershipPrivacy(database.membership()),
                    new LifecyclePrivacy(database.stages()),
                    new TagPrivacy(database.tags(), database.autoTags()),
                    new AudiencePrivacy(database.audienceMembers(), database.dueAudiences()),
                    new SyncPrivacy(database.sync()),
                    new MergePrivacy(database.merges()),
                    new ReviewPrivacy(database.reviews()),
                    new AccessPrivacy(database.accessLog())));
            all.removeIf(own -> hosts.stream().anyMatch(host -> host.name().equals(own.name())));
            all.addAll(hosts);
            return new Privacy(tenant, database.privacyPorts(clock), all).guardedBy(access);
        }

        /** What the customers and visitors do. */
        public Behavior behavior() {
            return new Behavior(tenant, behaviorPorts()).observedBy(observer()).guardedBy(access);
        }

        private BehaviorPorts behaviorPorts() {
            return new BehaviorPorts(database.unitOfWork(), database.requests(), database.behavior(), ids, clock);
        }

        /** Which tags the customers have. */
        public Tags tags() {
            return tags(List.of());
        }

        /** The same where something of the host's uses tags too: a tag it uses is not deleted. */
        public Tags tags(List<TagUsage> hosts) {
            List<TagUsage> all = new ArrayList<>(hosts);
            all.add(new AudienceTagUsage(database.audiences()));
            return new Tags(tenant, database.tagPorts(clock), all)
                    .observedBy(observer())
                    .guardedBy(access);
        }

        /**
         * Keeps the customers' tags the same in an outside system.
         *
         * @param links which customers are meant
         */
        public TagSync tagSync(TagChannel channel, ChannelLinks links, SyncSetup setup) {
            Tags all = tags().guardedBy(Access.unrestricted());
            return new TagSync(tenant, database.syncPorts(clock), all, channel, links, setup).guardedBy(access);
        }

        /** Hands the tenant's events to a listener, when the host drains it. */
        public EventRelay events(EventListener listener) {
            return EventRelay.builder(tenant, database.outbox(), database.unitOfWork(), clock)
                    .to(listener)
                    .guardedBy(access);
        }

        /** The default terms in the retailer's zone, to be changed where they differ. */
        public Terms terms() {
            return Terms.in(zone);
        }

        private Ledger ledger(Asset asset, Terms terms) {
            return new Ledger(tenant, asset, terms, ledgerPorts.observedBy(observer())).guardedBy(access);
        }
    }

    /** Settings. Not thread-safe. */
    public static final class Builder {
        private final InstantSource clock;
        private Duration lockWait = InMemoryDatabase.DEFAULT_LOCK_WAIT;
        private ZoneId zone = ZoneOffset.UTC;
        private @Nullable String region;
        private Function<CustomerOwners, AccessPolicy> accessPolicy = owners -> RolePolicy.none();

        private Builder(InstantSource clock) {
            this.clock = Check.present(clock, "clock");
        }

        /** How long a lock is waited for. Default: 5 seconds. */
        public Builder lockWait(Duration wait) {
            lockWait = Check.present(wait, "lock wait");
            return this;
        }

        /** The retailer's zone, in which calendar rules are counted. Default: UTC. */
        public Builder zone(ZoneId retailers) {
            zone = Check.present(retailers, "zone");
            return this;
        }

        /** The region in which phone numbers without a country code are read. Default: none, so that they are refused. */
        public Builder region(String code) {
            region = Check.present(code, "region");
            return this;
        }

        /** What principals may do, see {@code as} of a tenant. Default: {@link RolePolicy#none()}, nothing. */
        public Builder accessPolicy(AccessPolicy policy) {
            Check.present(policy, "access policy");
            return accessPolicy(owners -> policy);
        }

        /**
         * The same, made from who looks after customers by the tenants' own {@code ownership()}:
         * {@code accessPolicy(owners -> RolePolicy.builder(owners)…build())}.
         */
        public Builder accessPolicy(Function<CustomerOwners, AccessPolicy> policy) {
            accessPolicy = Check.present(policy, "access policy");
            return this;
        }

        /** The library, with nothing in it. */
        public InMemoryCrm build() {
            return new InMemoryCrm(this);
        }
    }
}
