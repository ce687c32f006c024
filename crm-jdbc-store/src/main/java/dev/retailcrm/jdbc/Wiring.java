package dev.retailcrm.jdbc;

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
import dev.retailcrm.assets.spi.GuessThrottle;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierPorts;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.assets.stored.LocalGuessThrottle;
import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessRecorder;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerIds;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.ownership.OwnershipOwners;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.AccessPolicy;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentPorts;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerOwners;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.FieldCipher;
import dev.retailcrm.core.spi.FieldPorts;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.LifecyclePorts;
import dev.retailcrm.core.spi.MembershipPorts;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.MergePorts;
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
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.spi.AutoTagPorts;
import dev.retailcrm.tags.spi.SyncPorts;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagStore;
import java.sql.Connection;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The stores of one database and what every tenant's facades share. Immutable. */
record Wiring(
        JdbcUnitOfWork work,
        Settings settings,
        InstantSource clock,
        ZoneId zone,
        @Nullable String region,
        CustomerIds ids,
        RequestStore requests,
        CustomerStore customers,
        FieldStore fields,
        ConsentStore consents,
        OwnershipStore ownership,
        MembershipStore membership,
        MergeStore merges,
        ReviewStore reviews,
        ErasureStore erasures,
        OutboxStore outbox,
        TradeStore trade,
        BehaviorStore behavior,
        StageStore stages,
        TagStore tags,
        TagBatchStore tagBatches,
        DueStore autoTags,
        RuleIndexes<TagCatalog, AutoTag> autoTagIndexes,
        SyncStore sync,
        AudienceStore audiences,
        AudienceMemberStore audienceMembers,
        DueStore dueAudiences,
        RuleIndexes<AudienceCatalog, AudienceRule> audienceIndexes,
        RuleStore rules,
        LedgerStore ledger,
        LedgerHistoryStore history,
        AccountOwners owners,
        DefinitionStore definitions,
        EarnStore earnings,
        CheckoutStore checkout,
        TierStore tiers,
        BenefitStore benefits,
        GiftCardStore giftCards,
        CouponStore coupons,
        GuessThrottle guesses,
        AccessLog accessLog,
        Function<CustomerOwners, AccessPolicy> accessPolicy) {
    static Wiring of(
            DataSource dataSource,
            Settings settings,
            Turns turns,
            InstantSource clock,
            ZoneId zone,
            @Nullable String region,
            CustomerIds ids,
            @Nullable FieldCipher cipher,
            Function<CustomerOwners, AccessPolicy> accessPolicy) {
        var work = new JdbcUnitOfWork(dataSource, settings, turns);
        var sealing = new Sealing(cipher);
        var ledger = new JooqLedgerStore(work, settings);
        var earnings = new JooqEarnStore(work);
        var coupons = new JooqCouponStore(work);
        return new Wiring(
                work,
                settings,
                clock,
                zone,
                region,
                ids,
                new JooqRequestStore(work),
                new JooqCustomerStore(work, settings, sealing),
                new JooqFieldStore(work, sealing),
                new JooqConsentStore(work),
                new JooqOwnershipStore(work),
                new JooqMembershipStore(work),
                new JooqMergeStore(work),
                new JooqReviewStore(work),
                new JooqErasureStore(work),
                new JooqOutboxStore(work),
                new JooqTradeStore(work, settings),
                new JooqBehaviorStore(work, settings),
                new JooqStageStore(work),
                new JooqTagStore(work),
                new JooqTagBatchStore(work),
                JooqDueStore.ofTags(work),
                new RuleIndexes<>(),
                new JooqSyncStore(work, sealing),
                new JooqAudienceStore(work),
                new JooqAudienceMemberStore(work, sealing),
                JooqDueStore.ofAudiences(work),
                new RuleIndexes<>(),
                new JooqRuleStore(work, sealing),
                ledger,
                new JooqLedgerHistoryStore(work, settings),
                new JooqAccountOwners(work),
                new JooqDefinitionStore(work),
                earnings,
                new JooqCheckoutStore(work, settings, coupons, ledger, earnings),
                new JooqTierStore(work),
                new JooqBenefitStore(work),
                new JooqGiftCardStore(work),
                coupons,
                new LocalGuessThrottle(),
                new JooqAccessLog(work),
                accessPolicy);
    }

    Session session(Connection connection) {
        return new Session(connection, settings, false);
    }

    /** The access policy, which asks for owners of customers in this unit of work. */
    AccessPolicy accessPolicy(UnitOfWork unitOfWork) {
        return Check.present(accessPolicy.apply(new OwnershipOwners(ownership, unitOfWork)), "access policy");
    }

    Access access(TenantId tenant, Principal principal, AccessPolicy policy) {
        return Access.of(tenant, principal, policy).recordedBy(new AccessRecorder(accessLog, ids, clock));
    }

    FieldPorts fieldPorts(UnitOfWork unitOfWork) {
        return new FieldPorts(unitOfWork, customers, requests, fields, clock);
    }

    ConsentPorts consentPorts(UnitOfWork unitOfWork) {
        return new ConsentPorts(unitOfWork, requests, consents, clock);
    }

    OwnershipPorts ownershipPorts(UnitOfWork unitOfWork) {
        return new OwnershipPorts(unitOfWork, requests, ownership, clock);
    }

    MembershipPorts membershipPorts(UnitOfWork unitOfWork) {
        return new MembershipPorts(unitOfWork, requests, membership, clock);
    }

    MergePorts mergePorts(UnitOfWork unitOfWork) {
        return new MergePorts(unitOfWork, requests, customers, merges, clock);
    }

    ReviewPorts reviewPorts(UnitOfWork unitOfWork) {
        return new ReviewPorts(unitOfWork, customers, reviews, clock);
    }

    PrivacyPorts privacyPorts(UnitOfWork unitOfWork) {
        return new PrivacyPorts(unitOfWork, requests, customers, erasures, clock);
    }

    BehaviorPorts behaviorPorts(UnitOfWork unitOfWork) {
        return new BehaviorPorts(unitOfWork, requests, behavior, ids, clock);
    }

    LifecyclePorts lifecyclePorts(UnitOfWork unitOfWork) {
        return new LifecyclePorts(unitOfWork, trade, stages, clock);
    }

    TagPorts tagPorts(UnitOfWork unitOfWork) {
        return new TagPorts(unitOfWork, requests, customers, tags, tagBatches, clock);
    }

    AutoTagPorts autoTagPorts(UnitOfWork unitOfWork) {
        return new AutoTagPorts(tagPorts(unitOfWork), autoTags, autoTagIndexes);
    }

    SyncPorts syncPorts(UnitOfWork unitOfWork) {
        return new SyncPorts(unitOfWork, customers, sync, clock);
    }

    AudiencePorts audiencePorts(UnitOfWork unitOfWork) {
        return new AudiencePorts(
                unitOfWork, requests, customers, audiences, audienceMembers, dueAudiences, audienceIndexes, clock);
    }

    RulePorts rulePorts(UnitOfWork unitOfWork) {
        return new RulePorts(unitOfWork, customers, fields, behavior, rules, clock);
    }

    CouponPorts couponPorts(UnitOfWork unitOfWork) {
        return new CouponPorts(unitOfWork, requests, customers, coupons, clock);
    }

    LedgerPorts ledgerPorts(UnitOfWork unitOfWork) {
        return new LedgerPorts(unitOfWork, requests, ledger, history, owners, clock);
    }

    BenefitPorts benefitPorts(UnitOfWork unitOfWork) {
        return new BenefitPorts(ledgerPorts(unitOfWork), definitions, customers, benefits);
    }

    TierPorts tierPorts(UnitOfWork unitOfWork) {
        return new TierPorts(ledgerPorts(unitOfWork), definitions, tiers);
    }

    CheckoutPorts checkoutPorts(UnitOfWork unitOfWork) {
        return new CheckoutPorts(ledgerPorts(unitOfWork), checkout);
    }

    EarnPorts earnPorts(UnitOfWork unitOfWork) {
        return new EarnPorts(ledgerPorts(unitOfWork), definitions, earnings);
    }
}
