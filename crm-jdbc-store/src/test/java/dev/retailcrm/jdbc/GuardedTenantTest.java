package dev.retailcrm.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.retailcrm.assets.benefit.Benefits;
import dev.retailcrm.assets.card.Cards;
import dev.retailcrm.assets.checkout.Checkout;
import dev.retailcrm.assets.checkout.CheckoutParts;
import dev.retailcrm.assets.checkout.CheckoutPolicy;
import dev.retailcrm.assets.coupon.CouponSettings;
import dev.retailcrm.assets.coupon.Coupons;
import dev.retailcrm.assets.earn.Earning;
import dev.retailcrm.assets.ledger.Asset;
import dev.retailcrm.assets.ledger.Terms;
import dev.retailcrm.assets.points.Points;
import dev.retailcrm.assets.redeem.Exchanges;
import dev.retailcrm.assets.redeem.RedeemSettings;
import dev.retailcrm.assets.redeem.Redemptions;
import dev.retailcrm.assets.report.AssetReports;
import dev.retailcrm.assets.stored.GiftCards;
import dev.retailcrm.assets.stored.StoredValue;
import dev.retailcrm.assets.tier.Tiers;
import dev.retailcrm.audience.Audiences;
import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.AccessHistory;
import dev.retailcrm.core.access.Principal;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.access.RolePolicy;
import dev.retailcrm.core.access.Whose;
import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.consent.ConsentRules;
import dev.retailcrm.core.consent.Consents;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.customer.Registration;
import dev.retailcrm.core.event.EventListener;
import dev.retailcrm.core.event.EventRelay;
import dev.retailcrm.core.field.CustomFields;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.lifecycle.Lifecycle;
import dev.retailcrm.core.lifecycle.LifecyclePolicy;
import dev.retailcrm.core.membership.MemberNumbers;
import dev.retailcrm.core.membership.Membership;
import dev.retailcrm.core.membership.RandomMemberNumbers;
import dev.retailcrm.core.merge.Merges;
import dev.retailcrm.core.merge.Reviews;
import dev.retailcrm.core.ownership.Instruction;
import dev.retailcrm.core.ownership.Owner;
import dev.retailcrm.core.ownership.Ownership;
import dev.retailcrm.core.ownership.OwnershipRules;
import dev.retailcrm.core.privacy.Privacy;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.core.rule.RuleTime;
import dev.retailcrm.core.trade.Trade;
import dev.retailcrm.tags.AutoTags;
import dev.retailcrm.tags.Tags;
import dev.retailcrm.tags.spi.ChannelLinks;
import dev.retailcrm.tags.spi.TagChannel;
import dev.retailcrm.tags.sync.SyncPolicy;
import dev.retailcrm.tags.sync.SyncSetup;
import dev.retailcrm.tags.sync.TagSync;
import dev.retailcrm.tck.InMemoryCrm;
import dev.retailcrm.tck.MutableClock;
import dev.retailcrm.tck.SampleChannel;
import java.lang.reflect.Array;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.joda.money.CurrencyUnit;
import org.junit.jupiter.api.Test;

/** Every accessor of a tenant gives a principal the facade that is guarded; accessors are found by reflection. */
class GuardedTenantTest {
    private static final MutableClock CLOCK = MutableClock.at("2026-03-01T09:00:00Z");
    private static final CustomerId ANN = CustomerId.of(1);
    private static final PageRequest PAGE = PageRequest.first(1);
    private static final CurrencyUnit CNY = CurrencyUnit.of("CNY");

    /** One question to each facade. */
    private static final Map<Class<?>, Consumer<Object>> ASKED = Map.ofEntries(
            asked(Customers.class, it -> it.find(ANN)),
            asked(CustomFields.class, it -> it.values(ANN)),
            asked(Consents.class, it -> it.history(ANN, PAGE)),
            asked(Points.class, it -> it.balance(ANN)),
            asked(StoredValue.class, it -> it.balance(ANN)),
            asked(GiftCards.class, it -> it.find(ANN)),
            asked(AssetReports.class, it -> it.flows(Asset.points("standard"), Instant.EPOCH, Instant.EPOCH)),
            asked(Coupons.class, it -> it.usable(ANN)),
            asked(Earning.class, Earning::all),
            asked(Checkout.class, it -> it.find(ANN, "1")),
            asked(Tiers.class, Tiers::all),
            asked(Benefits.class, it -> it.of(ANN, null)),
            asked(Cards.class, it -> it.of(ANN, PAGE)),
            asked(Exchanges.class, Exchanges::all),
            asked(Redemptions.class, it -> it.of(ANN, PAGE)),
            asked(Trade.class, it -> it.statistics(ANN)),
            asked(Merges.class, it -> it.of(ANN)),
            asked(Reviews.class, it -> it.find(ANN, CustomerId.of(2))),
            asked(Behavior.class, it -> it.statistics(ANN)),
            asked(Ownership.class, it -> it.ownerOf(ANN)),
            asked(Tags.class, it -> it.of(ANN)),
            asked(AutoTags.class, AutoTags::all),
            asked(Audiences.class, Audiences::all),
            asked(Membership.class, it -> it.find(ANN)),
            asked(Lifecycle.class, it -> it.stage(ANN)),
            asked(TagSync.class, TagSync::progress),
            asked(Privacy.class, it -> it.erasure(ANN)),
            asked(RuleQueries.class, RuleQueries::catalog),
            asked(EventRelay.class, it -> it.drain(1)),
            asked(AccessHistory.class, it -> it.of(ANN, PAGE)));

    private static <T> Map.Entry<Class<?>, Consumer<Object>> asked(Class<T> facade, Consumer<T> question) {
        return Map.entry(facade, it -> question.accept(facade.cast(it)));
    }

    @Test
    void a_database_is_not_even_asked() {
        var log = new StatementLog();
        var source = log.on(TestHost.database(Engine.H2).dataSource());
        var tenant = JdbcCrm.builder(source).clock(CLOCK).build().tenant("guarded");
        log.clear();

        assertThat(refused(tenant, tenant.as(Principal.of("nobody")))).isGreaterThanOrEqualTo(25);
        assertThat(log.statements()).isZero();
        assertThat(tenant.customers().find(ANN)).isEmpty();
    }

    @Test
    void memory_answers_alike() {
        var tenant = InMemoryCrm.on(CLOCK).tenant("guarded");

        assertThat(refused(tenant, tenant.as(Principal.of("nobody")))).isGreaterThanOrEqualTo(25);
        assertThat(tenant.customers().find(ANN)).isEmpty();
    }

    @Test
    void own_customers_are_asked_for_by_one_statement_in_the_hosts_transaction() throws SQLException {
        var log = new StatementLog();
        var source = log.on(TestHost.database(Engine.H2).dataSource());
        var crm = JdbcCrm.builder(source)
                .clock(CLOCK)
                .accessPolicy(owners -> RolePolicy.builder(owners)
                        .allow("adviser", Whose.OWN, Right.READ_OWNERSHIP)
                        .build())
                .build();
        var kim = Principal.of("kim").as("adviser");
        List<CustomerId> hers = List.of(registered(crm, "own/1"), registered(crm, "own/2"));

        try (var connection = source.getConnection()) {
            connection.setAutoCommit(false);
            var host = crm.with(connection).tenant("guarded");
            for (CustomerId customer : hers) {
                host.ownership().assign(customer, Owner.staff("kim"), Instruction.by("head", "assign"));
            }
            log.clear();
            assertThat(host.as(kim).ownership().ownersOf(hers)).hasSize(2);
            assertThat(log.statements())
                    .as("the policy's question and the answer")
                    .isEqualTo(2);
            connection.rollback();
        }
        assertThatThrownBy(() -> crm.tenant("guarded").as(kim).ownership().ownersOf(hers))
                .isInstanceOf(CrmException.class);
    }

    private static CustomerId registered(JdbcCrm crm, String key) {
        return crm.tenant("guarded")
                .customers()
                .register(Registration.of("Own").key(key))
                .id();
    }

    /** The number of accessors whose facades refuse. */
    private static long refused(Object plain, Object guarded) {
        List<Method> accessors = Arrays.stream(guarded.getClass().getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Arrays.stream(method.getReturnType().getMethods())
                        .anyMatch(it -> it.getName().equals("guardedBy")
                                && List.of(it.getParameterTypes()).equals(List.of(Access.class))))
                .toList();
        for (Method accessor : accessors) {
            Consumer<Object> question = ASKED.get(accessor.getReturnType());
            assertThat(question)
                    .as("a question to %s", accessor.getReturnType().getSimpleName())
                    .isNotNull();
            Object facade = call(accessor, guarded, plain);
            assertThatThrownBy(() -> question.accept(facade))
                    .as(accessor.getName())
                    .isInstanceOfSatisfying(
                            CrmException.class,
                            refusal -> assertThat(refusal.code()).isEqualTo(CoreError.ACCESS_DENIED));
        }
        return accessors.size();
    }

    private static Object call(Method accessor, Object guarded, Object plain) {
        Object[] arguments = Arrays.stream(accessor.getParameterTypes())
                .map(type -> argument(type, plain))
                .toArray();
        try {
            return accessor.invoke(guarded, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(accessor.getName(), e);
        }
    }

    private static CheckoutParts parts(Object plain) {
        return plain instanceof JdbcTenant tenant
                ? new CheckoutParts(
                        tenant.points(),
                        tenant::storedValue,
                        tenant::giftCards,
                        tenant.coupons(),
                        tenant.earning(),
                        List.of())
                : parts((InMemoryCrm.Tenant) plain);
    }

    private static CheckoutParts parts(InMemoryCrm.Tenant tenant) {
        return new CheckoutParts(
                tenant.points(), tenant::storedValue, tenant::giftCards, tenant.coupons(), tenant.earning(), List.of());
    }

    private static Object argument(Class<?> type, Object plain) {
        Terms terms = Terms.in(ZoneOffset.UTC);
        Object known = Map.<Class<?>, Object>ofEntries(
                        Map.entry(ConsentRules.class, ConsentRules.standard()),
                        Map.entry(OwnershipRules.class, OwnershipRules.standard()),
                        Map.entry(MemberNumbers.class, RandomMemberNumbers.standard()),
                        Map.entry(LifecyclePolicy.class, LifecyclePolicy.standard()),
                        Map.entry(RuleTime.class, RuleTime.in(ZoneOffset.UTC)),
                        Map.entry(TagChannel.class, new SampleChannel()),
                        Map.entry(ChannelLinks.class, (ChannelLinks) refs -> Map.of()),
                        Map.entry(SyncSetup.class, SyncSetup.of(SyncPolicy.ASK)),
                        Map.entry(String.class, "standard"),
                        Map.entry(Terms.class, terms),
                        Map.entry(CurrencyUnit.class, CNY),
                        Map.entry(GiftCards.Builder.class, GiftCards.builder(TenantId.of("guarded"), CNY, terms)),
                        Map.entry(CheckoutPolicy.class, CheckoutPolicy.standard()),
                        Map.entry(CheckoutParts.class, parts(plain)),
                        Map.entry(CouponSettings.class, CouponSettings.in(ZoneOffset.UTC)),
                        Map.entry(RedeemSettings.class, RedeemSettings.of(terms)),
                        Map.entry(List.class, List.of()),
                        Map.entry(EventListener.class, (EventListener) event -> {}),
                        Map.entry(
                                Merges.class,
                                plain instanceof JdbcTenant tenant
                                        ? tenant.merges()
                                        : ((InMemoryCrm.Tenant) plain).merges()),
                        Map.entry(
                                StoredValue.class,
                                plain instanceof JdbcTenant tenant
                                        ? tenant.storedValue(CNY)
                                        : ((InMemoryCrm.Tenant) plain).storedValue(CNY)))
                .get(type);
        if (known != null) {
            return known;
        }
        return Array.newInstance(type.getComponentType(), 0);
    }
}
