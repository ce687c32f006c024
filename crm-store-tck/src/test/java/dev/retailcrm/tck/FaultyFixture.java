package dev.retailcrm.tck;

import dev.retailcrm.assets.spi.AccountOwners;
import dev.retailcrm.assets.spi.BenefitStore;
import dev.retailcrm.assets.spi.CheckoutStore;
import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.assets.spi.GiftCardStore;
import dev.retailcrm.assets.spi.LedgerHistoryStore;
import dev.retailcrm.assets.spi.LedgerStore;
import dev.retailcrm.assets.spi.TierStore;
import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.ConsentStore;
import dev.retailcrm.core.spi.CustomerStore;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.FieldStore;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.RequestStore;
import dev.retailcrm.core.spi.ReviewStore;
import dev.retailcrm.core.spi.RuleStore;
import dev.retailcrm.core.spi.StageStore;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.UnitOfWork;
import dev.retailcrm.tags.spi.SyncStore;
import dev.retailcrm.tags.spi.TagStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** In-memory stores of which one port does something wrong. */
final class FaultyFixture extends InMemoryFixture {
    private final InMemoryDatabase database;
    private final Class<?> faulty;
    private final Wrong wrong;

    /** What is wrong with a port. */
    interface Wrong {
        @Nullable
        Object call(Call call) throws Throwable;
    }

    FaultyFixture(InMemoryDatabase database, Class<?> faulty, Wrong wrong) {
        super(database);
        this.database = database;
        this.faulty = faulty;
        this.wrong = wrong;
    }

    /** A call of the port, and how to answer it rightly. */
    static final class Call {
        final InMemoryDatabase database;
        final String method;
        final Object[] arguments;
        private final Method target;
        private final Object right;

        Call(InMemoryDatabase database, Method target, Object right, Object[] arguments) {
            this.database = database;
            this.method = target.getName();
            this.target = target;
            this.right = right;
            this.arguments = arguments;
        }

        boolean is(String name) {
            return method.equals(name);
        }

        // A test names the type it gets; a wrong one fails it.
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
        <T> T argument(int index) {
            return (T) arguments[index];
        }

        /** The right answer; {@code null} from a method that returns nothing. */
        @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"})
        <T> T right() throws Throwable {
            return (T) answer(arguments);
        }

        /** The right answer to the same call with another argument. */
        @Nullable
        Object rightWith(int index, @Nullable Object other) throws Throwable {
            @Nullable Object[] changed = arguments.clone();
            changed[index] = other;
            return answer(changed);
        }

        /** The right answer from another thread, which has no transaction. */
        Object elsewhere() throws Throwable {
            try (var race = new Race()) {
                return Race.result(race.start(() -> {
                    try {
                        return this.<Object>right();
                    } catch (Throwable e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
        }

        private @Nullable Object answer(@Nullable Object[] given) throws Throwable {
            try {
                return target.invoke(right, given);
            } catch (InvocationTargetException e) {
                throw e.getTargetException();
            }
        }
    }

    private <T> T port(Class<T> port, T right) {
        if (port != faulty) {
            return right;
        }
        return port.cast(Proxy.newProxyInstance(
                FaultyFixture.class.getClassLoader(),
                new Class<?>[] {port},
                (proxy, method, arguments) -> wrong.call(new Call(database, method, right, arguments))));
    }

    @Override
    public UnitOfWork unitOfWork() {
        return port(UnitOfWork.class, super.unitOfWork());
    }

    @Override
    public CustomerStore customers() {
        return port(CustomerStore.class, super.customers());
    }

    @Override
    public RequestStore requests() {
        return port(RequestStore.class, super.requests());
    }

    @Override
    public OutboxStore outbox() {
        return port(OutboxStore.class, super.outbox());
    }

    @Override
    public LedgerStore ledger() {
        return port(LedgerStore.class, super.ledger());
    }

    @Override
    public LedgerHistoryStore ledgerHistory() {
        return port(LedgerHistoryStore.class, super.ledgerHistory());
    }

    @Override
    public ConsentStore consents() {
        return port(ConsentStore.class, super.consents());
    }

    @Override
    public OwnershipStore ownership() {
        return port(OwnershipStore.class, super.ownership());
    }

    @Override
    public ReviewStore reviews() {
        return port(ReviewStore.class, super.reviews());
    }

    @Override
    public ErasureStore erasures() {
        return port(ErasureStore.class, super.erasures());
    }

    @Override
    public TagStore tags() {
        return port(TagStore.class, super.tags());
    }

    @Override
    public DueStore autoTags() {
        return port(DueStore.class, super.autoTags());
    }

    @Override
    public DueStore dueAudiences() {
        return port(DueStore.class, super.dueAudiences());
    }

    @Override
    public CheckoutStore checkout() {
        return port(CheckoutStore.class, super.checkout());
    }

    @Override
    public EarnStore earnings() {
        return port(EarnStore.class, super.earnings());
    }

    @Override
    public BenefitStore benefits() {
        return port(BenefitStore.class, super.benefits());
    }

    @Override
    public TierStore tiers() {
        return port(TierStore.class, super.tiers());
    }

    @Override
    public AudienceStore audiences() {
        return port(AudienceStore.class, super.audiences());
    }

    @Override
    public AudienceMemberStore audienceMembers() {
        return port(AudienceMemberStore.class, super.audienceMembers());
    }

    @Override
    public SyncStore sync() {
        return port(SyncStore.class, super.sync());
    }

    @Override
    public RuleStore rules() {
        return port(RuleStore.class, super.rules());
    }

    @Override
    public StageStore stages() {
        return port(StageStore.class, super.stages());
    }

    @Override
    public MembershipStore membership() {
        return port(MembershipStore.class, super.membership());
    }

    @Override
    public BehaviorStore behavior() {
        return port(BehaviorStore.class, super.behavior());
    }

    @Override
    public FieldStore fields() {
        return port(FieldStore.class, super.fields());
    }

    @Override
    public TradeStore trade() {
        return port(TradeStore.class, super.trade());
    }

    @Override
    public GiftCardStore giftCards() {
        return port(GiftCardStore.class, super.giftCards());
    }

    @Override
    public CouponStore coupons() {
        return port(CouponStore.class, super.coupons());
    }

    @Override
    public AccountOwners owners() {
        return port(AccountOwners.class, super.owners());
    }
}
