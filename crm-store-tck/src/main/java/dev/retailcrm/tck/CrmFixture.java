package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.BenefitPorts;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.CheckoutPorts;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponPorts;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.assets.spi.EarnPorts;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierPorts;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentPorts;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.LifecyclePorts;
import dev.retailcrm.core.spi.MembershipPorts;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.MergeStore;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OwnershipPorts;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.PrivacyPorts;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.ReviewPorts;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.RulePorts;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.tags.spi.SyncPorts;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagStore;
import java.util.List;
import java.util.UUID;

/**
 * The stores under test, empty when given out. Every contract of this kit needs one method that returns a new fixture; the kit calls it
 * before and {@link #close()} after each rule. All ports of one fixture share one store, and their methods are called from many
 * threads.
 *
 * <p>Who keeps only some of the data implements the ports she has, lets the others throw
 * {@link UnsupportedOperationException}, and runs the contracts of those she has.
 */
public interface CrmFixture extends AutoCloseable {
    /**
     * Its transactions. A lock should be waited for at least 5 seconds: the kit makes threads wait for each other. The kit calls the
     * ports in a unit of work only.
     */
    UnitOfWork unitOfWork();

    /**
     * Begins a transaction in this thread as a host does, which {@link #unitOfWork()} joins. The kit ends it in the same thread.
     */
    HostTransaction begin();

    /** Its customers. */
    CustomerStore customers();

    /** Its request keys. */
    RequestStore requests();

    /** Its events. */
    OutboxStore outbox();

    /** Its ledgers. */
    LedgerStore ledger();

    /** Its ledgers, for looking up. */
    LedgerHistoryStore ledgerHistory();

    /** Its consent; by default it keeps none. */
    default ConsentStore consents() {
        throw new UnsupportedOperationException("no consent is kept");
    }

    /** Whom its customers belong to; by default it keeps none of that. */
    default OwnershipStore ownership() {
        throw new UnsupportedOperationException("no ownership is kept");
    }

    /** Which of its customers are members; by default it keeps none of that. */
    default MembershipStore membership() {
        throw new UnsupportedOperationException("no membership is kept");
    }

    /** The stages at which its customers are; by default it keeps none. */
    default StageStore stages() {
        throw new UnsupportedOperationException("no stages are kept");
    }

    /** Its tags; by default it keeps none. */
    default TagStore tags() {
        throw new UnsupportedOperationException("no tags are kept");
    }

    /** Its batches of tags; by default it keeps none. */
    default TagBatchStore tagBatches() {
        throw new UnsupportedOperationException("no batches of tags are kept");
    }

    /** What is due of its automatic tags; by default it keeps nothing of it. */
    default DueStore autoTags() {
        throw new UnsupportedOperationException("nothing is kept of automatic tags");
    }

    /** What is due of its audiences; by default it keeps nothing of it. */
    default DueStore dueAudiences() {
        throw new UnsupportedOperationException("nothing is kept of live audiences");
    }

    /** What its tenants define of assets; by default it keeps nothing of it. */
    default DefinitionStore definitions() {
        throw new UnsupportedOperationException("no definitions of assets are kept");
    }

    /** What its customers earned; by default it keeps nothing of it. */
    default EarnStore earnings() {
        throw new UnsupportedOperationException("nothing is kept of earning");
    }

    /** The orders its customers settled; by default it keeps none. */
    default CheckoutStore checkout() {
        throw new UnsupportedOperationException("no orders are settled");
    }

    /** What checkout needs, made of the ports. */
    default CheckoutPorts checkoutPorts() {
        return new CheckoutPorts(ledgerPorts(), checkout());
    }

    /** Where its customers stand in programs of tiers; by default it keeps nothing of it. */
    default TierStore tiers() {
        throw new UnsupportedOperationException("nothing is kept of tiers");
    }

    /** What its customers were granted, have and redeemed; by default it keeps nothing of it. */
    default BenefitStore benefits() {
        throw new UnsupportedOperationException("nothing is kept of benefits");
    }

    /** All that benefits need, made of the ports. */
    default BenefitPorts benefitPorts() {
        return new BenefitPorts(ledgerPorts(), definitions(), customers(), benefits());
    }

    /** All that tiers need, made of the ports. */
    default TierPorts tierPorts() {
        return new TierPorts(ledgerPorts(), definitions(), tiers());
    }

    /** All that earning needs, made of the ports. */
    default EarnPorts earnPorts() {
        return new EarnPorts(ledgerPorts(), definitions(), earnings());
    }

    /** Its definitions of audiences; by default it keeps none. */
    default AudienceStore audiences() {
        throw new UnsupportedOperationException("no audiences are kept");
    }

    /** The members of its audiences; by default it keeps none. */
    default AudienceMemberStore audienceMembers() {
        throw new UnsupportedOperationException("no members of audiences are kept");
    }

    /** How far its tags are synchronised; by default it keeps nothing of it. */
    default SyncStore sync() {
        throw new UnsupportedOperationException("no synchronisation is kept");
    }

    /** Answers rules from what it keeps; by default it does not. */
    default RuleStore rules() {
        throw new UnsupportedOperationException("no rules are answered");
    }

    /**
     * Puts a tag on a customer as rules are to see it, in the place of one she has; by default it keeps none.
     *
     * @param tag its key
     */
    default void tag(TenantId tenant, CustomerId customer, String tag, MarkFact mark) {
        throw new UnsupportedOperationException("no tags are kept");
    }

    /** Its merges; by default it keeps none. */
    default MergeStore merges() {
        throw new UnsupportedOperationException("no merges are kept");
    }

    /** Its pairs of customers who may be one; by default it keeps none. */
    default ReviewStore reviews() {
        throw new UnsupportedOperationException("no reviews are kept");
    }

    /** Its erasures; by default it keeps none. */
    default ErasureStore erasures() {
        throw new UnsupportedOperationException("no erasures are kept");
    }

    /** Its custom fields; by default it keeps none. */
    default FieldStore fields() {
        throw new UnsupportedOperationException("no custom fields are kept");
    }

    /** Its gift cards; by default it keeps none. */
    default GiftCardStore giftCards() {
        throw new UnsupportedOperationException("no gift cards are kept");
    }

    /** Its coupons; by default it keeps none. */
    default CouponStore coupons() {
        throw new UnsupportedOperationException("no coupons are kept");
    }

    /** Its orders, refunds and statistics; by default it keeps none. */
    default TradeStore trade() {
        throw new UnsupportedOperationException("no trade is kept");
    }

    /** Its event types, events and visitors; by default it keeps none. */
    default BehaviorStore behavior() {
        throw new UnsupportedOperationException("no behaviour is kept");
    }

    /** Who was shown personal data; by default it keeps no such log. */
    default AccessLog accessLog() {
        throw new UnsupportedOperationException("no access log is kept");
    }

    /**
     * How often the store was visited so far: queries, commands or connections taken, whatever is counted. The kit compares two such
     * numbers to see that nothing was asked. By default 0: it is not counted.
     */
    default long visits() {
        return 0;
    }

    /** Who may own an account. */
    AccountOwners owners();

    /** The clock that the kit gives to the facades; one that the kit can move. */
    MutableClock clock();

    /**
     * Every committed row of every table, one line of text each, in an order that does not change from call to call. The kit only
     * compares two such lists.
     */
    List<String> dump();

    /** Makes a customer that {@link #owners()} knows; by default registers one through {@link #customers()}. */
    default CustomerId newCustomer(TenantId tenant) {
        return Customers.builder(tenant, clock())
                .in(customers(), requests(), unitOfWork())
                .register(Registration.of("Somebody").key("registration/" + UUID.randomUUID()))
                .id();
    }

    /** All that a ledger needs. */
    default LedgerPorts ledgerPorts() {
        return new LedgerPorts(unitOfWork(), requests(), ledger(), ledgerHistory(), owners(), clock());
    }

    /** All that custom fields need. */
    default FieldPorts fieldPorts() {
        return new FieldPorts(unitOfWork(), customers(), requests(), fields(), clock());
    }

    /** All that audiences need. */
    default AudiencePorts audiencePorts() {
        return new AudiencePorts(
                unitOfWork(),
                requests(),
                customers(),
                audiences(),
                audienceMembers(),
                dueAudiences(),
                new RuleIndexes<>(),
                clock());
    }

    /** All that rules need. */
    default RulePorts rulePorts() {
        return new RulePorts(unitOfWork(), customers(), fields(), behavior(), rules(), clock());
    }

    /** All that privacy needs. */
    default PrivacyPorts privacyPorts() {
        return new PrivacyPorts(unitOfWork(), requests(), customers(), erasures(), clock());
    }

    /** All that consent needs. */
    default ConsentPorts consentPorts() {
        return new ConsentPorts(unitOfWork(), requests(), consents(), clock());
    }

    /** All that ownership needs. */
    default OwnershipPorts ownershipPorts() {
        return new OwnershipPorts(unitOfWork(), requests(), ownership(), clock());
    }

    /** All that tags need. */
    default TagPorts tagPorts() {
        return new TagPorts(unitOfWork(), requests(), customers(), tags(), tagBatches(), clock());
    }

    /** All that synchronisation of tags needs. */
    default SyncPorts syncPorts() {
        return new SyncPorts(unitOfWork(), customers(), sync(), clock());
    }

    /** All that coupons need. */
    default CouponPorts couponPorts() {
        return new CouponPorts(unitOfWork(), requests(), customers(), coupons(), clock());
    }

    /** All that reviews need. */
    default ReviewPorts reviewPorts() {
        return new ReviewPorts(unitOfWork(), customers(), reviews(), clock());
    }

    /** All that the lifecycle needs. */
    default LifecyclePorts lifecyclePorts() {
        return new LifecyclePorts(unitOfWork(), trade(), stages(), clock());
    }

    /** All that membership needs. */
    default MembershipPorts membershipPorts() {
        return new MembershipPorts(unitOfWork(), requests(), membership(), clock());
    }

    /** All that behaviour needs. */
    default BehaviorPorts behaviorPorts() {
        return new BehaviorPorts(unitOfWork(), requests(), behavior(), CustomerIds.on(clock()), clock());
    }

    /** Called after each rule. Does nothing by default. */
    @Override
    default void close() {}
}
