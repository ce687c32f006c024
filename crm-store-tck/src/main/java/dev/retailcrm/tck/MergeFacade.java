package dev.retailcrm.tck;

import dev.retailcrm.assets.benefit.BenefitMerge;
import dev.retailcrm.assets.coupon.CouponBenefit;
import dev.retailcrm.assets.coupon.CouponLimits;
import dev.retailcrm.assets.coupon.CouponMerge;
import dev.retailcrm.assets.coupon.CouponSettings;
import dev.retailcrm.assets.coupon.CouponTemplate;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.earn.EarnMerge;
import dev.retailcrm.assets.ledger.LedgerMerge;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.AudienceMerge;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorMerge;
import dev.retailcrm.core.behavior.TimelineQuery;
import dev.retailcrm.core.consent.Channel;
import dev.retailcrm.core.consent.ConsentMerge;
import dev.retailcrm.core.consent.ConsentPolicy;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.consent.ContactReason;
import dev.retailcrm.core.consent.ContactTopic;
import dev.retailcrm.core.consent.Declaration;
import dev.retailcrm.core.customer.Customer;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.field.FieldMerge;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.MembershipMerge;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.merge.Merge;
import dev.retailcrm.core.merge.MergeStrategy;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipMerge;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.spi.MergeParticipant;
import dev.retailcrm.core.spi.MergePorts;
import dev.retailcrm.core.trade.TradeMerge;
import dev.retailcrm.tags.TagMerge;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.sync.SyncMerge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;

/** Merges of everything this library keeps, over the fixture's ports. */
abstract class MergeFacade extends TradeFacade {
    static final ContactTopic MARKETING = ContactTopic.of("marketing", Channel.SMS);
    private static final ConsentRules RULES =
            ConsentRules.standard().purpose("marketing", ConsentPolicy.optIn().lasting(Duration.ofDays(365)));

    private int keys;

    final Merges merges(MergeParticipant... hosts) {
        var ports =
                new MergePorts(crm().unitOfWork(), crm().requests(), crm().customers(), crm().merges(), crm().clock());
        List<MergeParticipant> own = List.of(
                new ConsentMerge(crm().consents()),
                new FieldMerge(crm().fieldPorts()),
                new BehaviorMerge(crm().behavior()),
                new TradeMerge(ACME, crm().trade(), crm().unitOfWork(), crm().clock(), ZONE),
                new LedgerMerge(crm().ledgerPorts()),
                new CouponMerge(crm().coupons(), crm().customers()),
                new EarnMerge(crm().earnings()),
                new Tiers(ACME, ZONE, crm().tierPorts()).mergeParticipant(),
                new BenefitMerge(crm().benefits(), crm().customers()),
                new OwnershipMerge(crm().ownership(), crm().customers()),
                new TagMerge(crm().tags(), crm().customers()),
                new AudienceMerge(crm().audiences(), crm().audienceMembers(), crm().customers()),
                new SyncMerge(crm().sync(), crm().customers()),
                new MembershipMerge(crm().membership()),
                lifecycle().mergeParticipant());
        return new Merges(
                ACME, ports, Stream.concat(own.stream(), Stream.of(hosts)).toList());
    }

    final Coupons coupons() {
        return new Coupons(ACME, crm().couponPorts(), CouponSettings.in(ZONE));
    }

    final Consents consents() {
        return new Consents(ACME, RULES, crm().consentPorts());
    }

    final CustomFields fields() {
        return new CustomFields(ACME, crm().fieldPorts());
    }

    final Behavior behavior() {
        return new Behavior(ACME, crm().behaviorPorts());
    }

    /** Defines an event type, a coupon and two custom fields, one of them unique. */
    @BeforeEach
    public final void define() {
        coupons()
                .templates()
                .define(
                        CouponTemplate.of("ten", "Ten off", new CouponBenefit.AmountOff(yuan("10.00")))
                                .limitedTo(CouponLimits.none().perCustomer(2))
                                .active(),
                        RequestKey.of("ten"));
        behavior().define(BehaviorFacade.VIEW);
        fields().define(FieldDefinition.of("size", "Shoe size", FieldType.LONG), RequestKey.of("size"));
        fields().define(
                        FieldDefinition.of("club", "Club number", FieldType.TEXT)
                                .asUnique(),
                        RequestKey.of("club"));
    }

    final Ownership ownership() {
        return new Ownership(ACME, OwnershipRules.standard(), crm().ownershipPorts());
    }

    final Tags tags() {
        return new Tags(ACME, crm().tagPorts(), List.of());
    }

    final Lifecycle lifecycle() {
        return new Lifecycle(ACME, LifecyclePolicy.standard(), crm().lifecyclePorts());
    }

    final Membership membership() {
        return new Membership(ACME, RandomMemberNumbers.standard(), customers(), crm().membershipPorts());
    }

    /** A key that was not used before. */
    final RequestKey key() {
        return RequestKey.of("key/" + ++keys);
    }

    final CustomerId register(Registration registration) {
        return customers().register(registration.key(key().value())).id();
    }

    final Merge merge(CustomerId survivor, CustomerId merged) {
        return merges().merge(survivor, merged, MergeStrategy.standard(), key());
    }

    final void pass(Duration time) {
        crm().clock().set(crm().clock().instant().plus(time));
    }

    final ContactReason reason(CustomerId customer) {
        return consents().mayContact(customer, MARKETING).reason();
    }

    static Declaration hers(RequestKey key) {
        return Declaration.ofCustomer(key.value(), "web-form");
    }

    /** Everything a customer has but the numbers of versions and entries, in a form that does not name her. */
    final List<String> state(CustomerId customer) {
        List<String> state = new ArrayList<>();
        Optional<Customer> record = committed(() -> crm().customers().find(ACME, customer))
                .flatMap(it -> it.mergedInto() == null ? customers().find(customer) : Optional.empty());
        record.ifPresent(it -> {
            state.add(it.status() + " " + it.joining());
            it.profile().name().ifPresent(name -> state.add("name " + name.display()));
            state.add("gender " + it.profile().gender() + " language "
                    + it.profile().language());
            state.add("remark " + it.profile().remark() + " addresses "
                    + it.profile().addresses().stream()
                            .map(address -> address.street())
                            .toList());
            it.identities().forEach(identity -> state.add(identity.kind() + " " + identity.value()));
        });
        state.add("points " + points().balance(customer) + " value " + stored().balance(customer));
        for (Lot lot : points().ledger().reads().lots(customer)) {
            state.add("lot " + lot.part() + " " + lot.remaining() + " " + lot.expiresAt() + " " + lot.availableFrom());
        }
        state.addAll(kept(customer));
        state.add("fields " + fields().values(customer).toString().replace(customer.toString(), "she"));
        Pages.all(7, page -> behavior().timeline(TimelineQuery.of(customer), page))
                .forEach(event -> state.add("event " + event.id() + " " + event.occurredAt()));
        state.add(behavior().statistics(customer).toString());
        state.add(reason(customer).toString());
        state.add("owner " + ownership().ownerOf(customer));
        state.add("tags " + tags().of(customer) + " not " + tags().removedByHand(customer));
        Pages.all(7, page -> coupons().of(customer, page))
                .forEach(
                        it -> state.add("coupon " + it.id() + " " + it.state() + " " + it.origin() + " " + it.other()));
        membership()
                .find(customer)
                .ifPresent(it -> state.add("member " + it.status() + " " + it.since() + " " + it.joinedAt()));
        return state;
    }
}
