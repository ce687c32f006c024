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
import dev.retailcrm.audience.AudienceCatalog;
import dev.retailcrm.audience.AudienceRule;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudiencePorts;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleIndexes;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentPorts;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerSnapshot;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
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
import dev.retailcrm.tags.AutoTag;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.spi.AutoTagPorts;
import dev.retailcrm.tags.spi.SyncPorts;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps everything in memory and implements every port, for tests, demos and evaluation. Nothing is ever evicted or written to disk.
 * Thread-safe.
 */
public final class InMemoryDatabase {
    /** How long a lock is waited for unless something else is said. */
    public static final Duration DEFAULT_LOCK_WAIT = Duration.ofSeconds(5);

    final Duration lockWait;

    /** Guards the decision who waits for whom. */
    final Object waits = new Object();

    /** Held by commits of several customers together. */
    final Lock commits;

    private final Lock scans;
    private final ConcurrentMap<TenantId, TenantRows> tenants = new ConcurrentHashMap<>();
    private final InMemoryUnitOfWork unitOfWork = new InMemoryUnitOfWork(this);
    private final RuleIndexes<TagCatalog, AutoTag> autoTagIndexes = new RuleIndexes<>();
    private final RuleIndexes<AudienceCatalog, AudienceRule> audienceIndexes = new RuleIndexes<>();

    /** An empty database. */
    public InMemoryDatabase() {
        this(DEFAULT_LOCK_WAIT);
    }

    /**
     * An empty database that waits this long for a lock before it refuses with {@link CoreError#LOCK_TIMEOUT}.
     *
     * @param lockWait 1 ms or more
     */
    public InMemoryDatabase(Duration lockWait) {
        if (Check.present(lockWait, "lock wait").toMillis() < 1) {
            throw CoreError.INVALID_VALUE.because("a lock must be waited for at least 1 ms");
        }
        this.lockWait = lockWait;
        ReadWriteLock together = new ReentrantReadWriteLock();
        this.commits = together.readLock();
        this.scans = together.writeLock();
    }

    /** Its transactions. */
    public InMemoryUnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /** Its customers. */
    public CustomerStore customers() {
        return new InMemoryCustomerStore(this);
    }

    /** Its request keys. */
    public RequestStore requests() {
        return new InMemoryRequestStore(this);
    }

    /** Its events. */
    public OutboxStore outbox() {
        return new InMemoryOutboxStore(this);
    }

    /** Its ledgers. */
    public LedgerStore ledger() {
        return new InMemoryLedgerStore(this);
    }

    /** Its ledgers, for looking up. */
    public LedgerHistoryStore ledgerHistory() {
        return new InMemoryLedgerHistoryStore(this);
    }

    /** Its customers, as owners of accounts. */
    public AccountOwners owners() {
        return new InMemoryAccountOwners(this);
    }

    /** Its consent. */
    public ConsentStore consents() {
        return new InMemoryConsentStore(this);
    }

    /** All that consent on this clock needs. */
    public ConsentPorts consentPorts(InstantSource clock) {
        return new ConsentPorts(unitOfWork, requests(), consents(), Check.present(clock, "clock"));
    }

    /** Whom its customers belong to. */
    public OwnershipStore ownership() {
        return new InMemoryOwnershipStore(this);
    }

    /** All that ownership on this clock needs. */
    public OwnershipPorts ownershipPorts(InstantSource clock) {
        return new OwnershipPorts(unitOfWork, requests(), ownership(), Check.present(clock, "clock"));
    }

    /** Which of its customers are members. */
    public MembershipStore membership() {
        return new InMemoryMembershipStore(this);
    }

    /** All that membership on this clock needs. */
    public MembershipPorts membershipPorts(InstantSource clock) {
        return new MembershipPorts(unitOfWork, requests(), membership(), Check.present(clock, "clock"));
    }

    /** The stages at which its customers are. */
    public StageStore stages() {
        return new InMemoryStageStore(this);
    }

    /** All that the lifecycle on this clock needs. */
    public LifecyclePorts lifecyclePorts(InstantSource clock) {
        return new LifecyclePorts(unitOfWork, trade(), stages(), Check.present(clock, "clock"));
    }

    /** Its tags. */
    public TagStore tags() {
        return new InMemoryTagStore(this);
    }

    /** Its batches of tags. */
    public TagBatchStore tagBatches() {
        return new InMemoryTagBatchStore(this);
    }

    /** What is due of its audiences. */
    public DueStore dueAudiences() {
        return new InMemoryDueStore(this, InMemoryDueStore.Kind.AUDIENCES);
    }

    /** What is due of its automatic tags. */
    public DueStore autoTags() {
        return new InMemoryDueStore(this, InMemoryDueStore.Kind.TAGS);
    }

    /** How far its tags are synchronised. */
    public SyncStore sync() {
        return new InMemorySyncStore(this);
    }

    /** All that synchronisation of tags needs. */
    public SyncPorts syncPorts(InstantSource clock) {
        return new SyncPorts(unitOfWork, customers(), sync(), Check.present(clock, "clock"));
    }

    /** All that tags on this clock need. */
    public TagPorts tagPorts(InstantSource clock) {
        return new TagPorts(unitOfWork, requests(), customers(), tags(), tagBatches(), Check.present(clock, "clock"));
    }

    /** All that automatic tags on this clock need. */
    public AutoTagPorts autoTagPorts(InstantSource clock) {
        return new AutoTagPorts(tagPorts(clock), autoTags(), autoTagIndexes);
    }

    /** Its definitions of audiences. */
    public AudienceStore audiences() {
        return new InMemoryAudienceStore(this);
    }

    /** The members of its audiences. */
    public AudienceMemberStore audienceMembers() {
        return new InMemoryAudienceMemberStore(this);
    }

    /** All that audiences on this clock need. */
    public AudiencePorts audiencePorts(InstantSource clock) {
        return new AudiencePorts(
                unitOfWork,
                requests(),
                customers(),
                audiences(),
                audienceMembers(),
                dueAudiences(),
                audienceIndexes,
                Check.present(clock, "clock"));
    }

    /** Answers rules from what it keeps. */
    public RuleStore rules() {
        return new InMemoryRuleStore(this);
    }

    /** All that rules on this clock need. */
    public RulePorts rulePorts(InstantSource clock) {
        return new RulePorts(unitOfWork, customers(), fields(), behavior(), rules(), Check.present(clock, "clock"));
    }

    /** Its merges. */
    public MergeStore merges() {
        return new InMemoryMergeStore(this);
    }

    /** All that merging on this clock needs. */
    public MergePorts mergePorts(InstantSource clock) {
        return new MergePorts(unitOfWork, requests(), customers(), merges(), Check.present(clock, "clock"));
    }

    /** Its pairs of customers who may be one. */
    public ReviewStore reviews() {
        return new InMemoryReviewStore(this);
    }

    /** All that reviews on this clock need. */
    public ReviewPorts reviewPorts(InstantSource clock) {
        return new ReviewPorts(unitOfWork, customers(), reviews(), Check.present(clock, "clock"));
    }

    /** Its erasures. */
    public ErasureStore erasures() {
        return new InMemoryErasureStore(this);
    }

    /** All that privacy on this clock needs. */
    public PrivacyPorts privacyPorts(InstantSource clock) {
        return new PrivacyPorts(unitOfWork, requests(), customers(), erasures(), Check.present(clock, "clock"));
    }

    /** Its custom fields. */
    public FieldStore fields() {
        return new InMemoryFieldStore(this);
    }

    /** All that custom fields on this clock need. */
    public FieldPorts fieldPorts(InstantSource clock) {
        return new FieldPorts(unitOfWork, customers(), requests(), fields(), Check.present(clock, "clock"));
    }

    /** What its tenants define of assets. */
    public DefinitionStore definitions() {
        return new InMemoryDefinitionStore(this);
    }

    /** What its customers earned. */
    public EarnStore earnings() {
        return new InMemoryEarnStore(this);
    }

    /** The orders its customers settled. */
    public CheckoutStore checkout() {
        return new InMemoryCheckoutStore(this);
    }

    /** What checkout on this clock needs. */
    public CheckoutPorts checkoutPorts(InstantSource clock) {
        return new CheckoutPorts(ledgerPorts(clock), checkout());
    }

    /** Where its customers stand in programs of tiers. */
    public TierStore tiers() {
        return new InMemoryTierStore(this);
    }

    /** What its customers were granted, have and redeemed. */
    public BenefitStore benefits() {
        return new InMemoryBenefitStore(this);
    }

    /** All that benefits on this clock need. */
    public BenefitPorts benefitPorts(InstantSource clock) {
        return new BenefitPorts(ledgerPorts(clock), definitions(), customers(), benefits());
    }

    /** All that tiers on this clock need. */
    public TierPorts tierPorts(InstantSource clock) {
        return new TierPorts(ledgerPorts(clock), definitions(), tiers());
    }

    /** All that earning on this clock needs. */
    public EarnPorts earnPorts(InstantSource clock) {
        return new EarnPorts(ledgerPorts(clock), definitions(), earnings());
    }

    /** Its gift cards. */
    public GiftCardStore giftCards() {
        return new InMemoryGiftCardStore(this);
    }

    /** Its coupons. */
    public CouponStore coupons() {
        return new InMemoryCouponStore(this);
    }

    /** All that coupons on this clock need. */
    public CouponPorts couponPorts(InstantSource clock) {
        return new CouponPorts(unitOfWork, requests(), customers(), coupons(), Check.present(clock, "clock"));
    }

    /** Its orders, refunds and statistics. */
    public TradeStore trade() {
        return new InMemoryTradeStore(this);
    }

    /** Its event types, events and visitors. */
    public BehaviorStore behavior() {
        return new InMemoryBehaviorStore(this);
    }

    /** Who was shown personal data. */
    public AccessLog accessLog() {
        return new InMemoryAccessLog(this);
    }

    /** All that a ledger on this clock needs. */
    public LedgerPorts ledgerPorts(InstantSource clock) {
        return new LedgerPorts(
                unitOfWork, requests(), ledger(), ledgerHistory(), owners(), Check.present(clock, "clock"));
    }

    /** Every committed row as a line of text, sorted: equal texts mean that nothing was changed. Shows personal data. */
    public List<String> dump() {
        return scan(() -> {
            List<String> rows = new ArrayList<>();
            for (TenantRows tenant : tenants.values()) {
                tenant.tags.value(null).ifPresent(it -> it.dump().forEach(row -> rows.add(tenant.id + " " + row)));
                tenant.tagBatches.forEach(
                        (id, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " tag batch " + it)));
                tenant.ruleRuns.forEach((kind, runs) -> runs.forEach((key, row) -> row.value(null)
                        .flatMap(it -> it)
                        .ifPresent(it -> rows.add(tenant.id + " " + kind + " " + it))));
                tenant.audiences.value(null).ifPresent(it -> it.dump().forEach(row -> rows.add(tenant.id + " " + row)));
                tenant.audienceStates.forEach(
                        (key, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " audience " + it)));
                tenant.audienceSnapshots
                        .value(null)
                        .ifPresent(all -> all.values().forEach(it -> rows.add(tenant.id + " " + it)));
                tenant.syncs.forEach(
                        (channel, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " sync " + it)));
                tenant.couponTemplates.forEach(
                        (key, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " coupon template " + it)));
                tenant.couponRequests.forEach((key, row) ->
                        row.value(null).ifPresent(it -> rows.add(tenant.id + " coupon key '" + key + "' " + it)));
                tenant.couponBatches.forEach(
                        (id, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " coupon batch " + it)));
                tenant.couponCodes.forEach(
                        (hash, row) -> row.value(null).ifPresent(it -> rows.add(tenant.id + " coupon code " + it)));
                tenant.exchangesTaken.forEach((key, row) ->
                        row.value(null).ifPresent(it -> rows.add(tenant.id + " taken " + key + " " + it)));
                tenant.definitions.forEach((kind, row) -> row.value(null)
                        .ifPresent(it -> it.dump().forEach(one -> rows.add(tenant.id + " " + kind + " " + one))));
                tenant.fields.dump().forEach(row -> rows.add(tenant.id + " " + row));
                tenant.after(null).forEach(customer -> rows.addAll(customer.dump()));
                tenant.lookups.forEach((key, row) -> row.holder(null)
                        .ifPresent(holder -> rows.add(tenant.id + " " + key + " '" + key.token() + "' -> " + holder)));
                tenant.types.forEach((name, row) ->
                        row.value(null).ifPresent(versions -> rows.add(tenant.id + " type " + versions)));
                tenant.accesses.forEach(
                        (no, row) -> row.value(null).ifPresent(entry -> rows.add(tenant.id + " access " + entry)));
                tenant.reviews.forEach(
                        (pair, row) -> row.value(null).ifPresent(review -> rows.add(tenant.id + " " + review)));
                tenant.visitors.forEach((hash, row) ->
                        row.value(null).ifPresent(file -> rows.add(tenant.id + " visitor " + hash + " " + file)));
            }
            rows.sort(null);
            return rows;
        });
    }

    /** The rows of a customer who is locked by the current transaction. */
    CustomerRows locked(TenantId tenant, CustomerId customer) {
        CustomerRows rows = tenant(tenant).find(customer);
        if (rows == null || !rows.isOwnedBy(unitOfWork.required())) {
            throw new IllegalStateException("the customer is not locked");
        }
        return rows;
    }

    /** The rows of a customer, or of the one she was merged into; {@code null} if there is no such customer. */
    @Nullable
    CustomerRows survivor(TenantId tenant, CustomerId customer) {
        CustomerRows rows = tenant(tenant).find(customer);
        CustomerId survivor = rows == null
                ? null
                : rows.record(unitOfWork.joined())
                        .map(CustomerSnapshot::mergedInto)
                        .orElse(null);
        return survivor == null ? rows : survivor(tenant, survivor);
    }

    TenantRows tenant(TenantId tenant) {
        TenantRows rows = tenants.get(tenant);
        return rows != null ? rows : tenants.computeIfAbsent(tenant, TenantRows::new);
    }

    /** Looks at many customers while no transaction that changed several becomes visible. */
    <T> T scan(Supplier<T> look) {
        scans.lock();
        try {
            return look.get();
        } finally {
            scans.unlock();
        }
    }
}
