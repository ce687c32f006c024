package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerPorts;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.MarkFact;
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
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagBatchStore;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixture whose ports may be called outside a unit of work, as the facades never do: each such call is one of its own. It saves the
 * contracts of the ports a wrapping around every question.
 */
final class CallByCall implements CrmFixture {
    private static final Set<String> WRITING = Set.of(
            "lock",
            "lockAll",
            "lockLiving",
            "lockDefinitions",
            "open",
            "openAll",
            "apply",
            "applyAll",
            "claim",
            "delivered",
            "failed",
            "release",
            "issue",
            "restate",
            "renew",
            "adopt",
            "disown",
            "end",
            "move",
            "moveBack",
            "redirect",
            "define",
            "link",
            "unlink",
            "record",
            "remove",
            "expire",
            "forgetReasons",
            "forgetAddresses",
            "write",
            "lockTag",
            "lockRun",
            "schedule",
            "unschedule",
            "fold",
            "addCodes");

    private final CrmFixture fixture;

    CallByCall(CrmFixture fixture) {
        this.fixture = fixture;
    }

    @Override
    public UnitOfWork unitOfWork() {
        return fixture.unitOfWork();
    }

    @Override
    public HostTransaction begin() {
        return fixture.begin();
    }

    @Override
    public CustomerStore customers() {
        return each(CustomerStore.class, fixture.customers());
    }

    @Override
    public RequestStore requests() {
        return each(RequestStore.class, fixture.requests());
    }

    @Override
    public OutboxStore outbox() {
        return each(OutboxStore.class, fixture.outbox());
    }

    @Override
    public LedgerStore ledger() {
        return each(LedgerStore.class, fixture.ledger());
    }

    @Override
    public LedgerHistoryStore ledgerHistory() {
        return each(LedgerHistoryStore.class, fixture.ledgerHistory());
    }

    @Override
    public ConsentStore consents() {
        return each(ConsentStore.class, fixture.consents());
    }

    @Override
    public ConsentPorts consentPorts() {
        return fixture.consentPorts();
    }

    @Override
    public OwnershipStore ownership() {
        return each(OwnershipStore.class, fixture.ownership());
    }

    @Override
    public OwnershipPorts ownershipPorts() {
        return fixture.ownershipPorts();
    }

    @Override
    public ReviewStore reviews() {
        return each(ReviewStore.class, fixture.reviews());
    }

    @Override
    public TagStore tags() {
        return each(TagStore.class, fixture.tags());
    }

    @Override
    public TagBatchStore tagBatches() {
        return each(TagBatchStore.class, fixture.tagBatches());
    }

    @Override
    public DueStore autoTags() {
        return each(DueStore.class, fixture.autoTags());
    }

    @Override
    public DueStore dueAudiences() {
        return each(DueStore.class, fixture.dueAudiences());
    }

    @Override
    public DefinitionStore definitions() {
        return each(DefinitionStore.class, fixture.definitions());
    }

    @Override
    public CheckoutStore checkout() {
        return each(CheckoutStore.class, fixture.checkout());
    }

    @Override
    public EarnStore earnings() {
        return each(EarnStore.class, fixture.earnings());
    }

    @Override
    public BenefitStore benefits() {
        return each(BenefitStore.class, fixture.benefits());
    }

    @Override
    public TierStore tiers() {
        return each(TierStore.class, fixture.tiers());
    }

    @Override
    public AudienceStore audiences() {
        return each(AudienceStore.class, fixture.audiences());
    }

    @Override
    public AudienceMemberStore audienceMembers() {
        return each(AudienceMemberStore.class, fixture.audienceMembers());
    }

    @Override
    public SyncStore sync() {
        return each(SyncStore.class, fixture.sync());
    }

    @Override
    public TagPorts tagPorts() {
        return fixture.tagPorts();
    }

    @Override
    public RuleStore rules() {
        return each(RuleStore.class, fixture.rules());
    }

    @Override
    public void tag(TenantId tenant, CustomerId customer, String tag, MarkFact mark) {
        fixture.tag(tenant, customer, tag, mark);
    }

    @Override
    public StageStore stages() {
        return each(StageStore.class, fixture.stages());
    }

    @Override
    public LifecyclePorts lifecyclePorts() {
        return fixture.lifecyclePorts();
    }

    @Override
    public MembershipStore membership() {
        return each(MembershipStore.class, fixture.membership());
    }

    @Override
    public MembershipPorts membershipPorts() {
        return fixture.membershipPorts();
    }

    @Override
    public MergeStore merges() {
        return each(MergeStore.class, fixture.merges());
    }

    @Override
    public ErasureStore erasures() {
        return each(ErasureStore.class, fixture.erasures());
    }

    @Override
    public PrivacyPorts privacyPorts() {
        return fixture.privacyPorts();
    }

    @Override
    public FieldStore fields() {
        return each(FieldStore.class, fixture.fields());
    }

    @Override
    public FieldPorts fieldPorts() {
        return fixture.fieldPorts();
    }

    @Override
    public GiftCardStore giftCards() {
        return each(GiftCardStore.class, fixture.giftCards());
    }

    @Override
    public CouponStore coupons() {
        return each(CouponStore.class, fixture.coupons());
    }

    @Override
    public TradeStore trade() {
        return each(TradeStore.class, fixture.trade());
    }

    @Override
    public BehaviorStore behavior() {
        return each(BehaviorStore.class, fixture.behavior());
    }

    @Override
    public BehaviorPorts behaviorPorts() {
        return fixture.behaviorPorts();
    }

    @Override
    public AccessLog accessLog() {
        return each(AccessLog.class, fixture.accessLog());
    }

    @Override
    public long visits() {
        return fixture.visits();
    }

    @Override
    public AccountOwners owners() {
        return each(AccountOwners.class, fixture.owners());
    }

    @Override
    public MutableClock clock() {
        return fixture.clock();
    }

    @Override
    public List<String> dump() {
        return fixture.dump();
    }

    @Override
    public CustomerId newCustomer(TenantId tenant) {
        return fixture.newCustomer(tenant);
    }

    @Override
    public LedgerPorts ledgerPorts() {
        return fixture.ledgerPorts();
    }

    @Override
    public void close() {
        fixture.close();
    }

    private <T> T each(Class<T> port, T store) {
        UnitOfWork work = fixture.unitOfWork();
        Object calls = Proxy.newProxyInstance(
                CallByCall.class.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    Supplier<Result> call = () -> {
                        try {
                            return new Result(method.invoke(store, arguments));
                        } catch (InvocationTargetException e) {
                            throw unchecked(e.getTargetException());
                        } catch (IllegalAccessException e) {
                            throw new LinkageError("a port must be public", e);
                        }
                    };
                    return (WRITING.contains(method.getName()) ? work.run(call) : work.read(call)).value();
                });
        return port.cast(calls);
    }

    /** What a call returned; {@code null} if nothing. */
    private record Result(@Nullable Object value) {}

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }
}
