package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_BUCKET;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_TOTAL;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.sum;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.trade.Dimension;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.OrderPosition;
import dev.retailcrm.core.trade.OrderSummary;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.core.trade.TradeStatistics;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/** Orders in {@code crm_order}, {@code crm_order_line} and {@code crm_refund}, statistics in {@code crm_trade_*}. Thread-safe. */
final class JooqTradeStore implements TradeStore {
    private final JdbcUnitOfWork work;
    private final TradeLocks locks;
    private final TradeWriter writer;
    private final PortableTradeWriter restating;

    JooqTradeStore(JdbcUnitOfWork work, Settings settings) {
        this.work = work;
        this.locks = new TradeLocks(settings);
        this.writer = TradeWriter.on(settings);
        this.restating = new PortableTradeWriter(settings.engine());
    }

    @Override
    public Map<CustomerId, TradeHead> lock(TenantId tenant, Collection<CustomerId> customers) {
        return locks.lock(work.session(), tenant, customers);
    }

    @Override
    public Map<CustomerId, TradeHead> open(TenantId tenant, Collection<CustomerId> customers) {
        return locks.open(work.session(), tenant, customers);
    }

    @Override
    public Map<CustomerId, Map<OrderNumber, OrderFile>> files(
            TenantId tenant, Map<CustomerId, Set<OrderNumber>> numbers) {
        return new TradeReads(work.session(), tenant).files(numbers);
    }

    @Override
    public boolean apply(TradeChange change) {
        return writer.apply(work.session(), change);
    }

    @Override
    public void applyAll(List<TradeChange> changes) {
        if (!changes.isEmpty()) {
            writer.applyAll(work.session(), changes);
        }
    }

    @Override
    public Optional<Order> order(TenantId tenant, CustomerId customer, OrderNumber number) {
        return new TradeReads(work.session(), tenant).order(customer, number);
    }

    @Override
    public List<OrderSummary> orders(TenantId tenant, CustomerId customer, @Nullable OrderPosition after, int limit) {
        Field<BigDecimal> refunded = field(select(coalesce(sum(CRM_REFUND.AMOUNT_MINOR), inline(BigDecimal.ZERO)))
                .from(CRM_REFUND)
                .where(CRM_REFUND.TENANT_ID.eq(tenant.value()))
                .and(CRM_REFUND.CUSTOMER_ID.eq(customer.value()))
                .and(CRM_REFUND.SOURCE.eq(CRM_ORDER.SOURCE))
                .and(CRM_REFUND.ORDER_NO.eq(CRM_ORDER.ORDER_NO))
                .and(CRM_REFUND.CURRENCY.eq(CRM_ORDER.CURRENCY)));
        return work.session()
                .dsl()
                .select(CRM_ORDER.fields())
                .select(refunded)
                .from(CRM_ORDER)
                .where(CRM_ORDER.TENANT_ID.eq(tenant.value()))
                .and(CRM_ORDER.CUSTOMER_ID.eq(customer.value()))
                .and(after == null ? noCondition() : isBefore(after))
                .orderBy(CRM_ORDER.OCCURRED_MS.desc(), CRM_ORDER.SOURCE.desc(), CRM_ORDER.ORDER_NO.desc())
                .limit(limit)
                .fetch(row -> {
                    OrderHead head = TradeRows.head(row);
                    return new OrderSummary(
                            head,
                            Money.ofMinor(head.currency(), row.get(refunded).longValueExact()));
                });
    }

    private static Condition isBefore(OrderPosition position) {
        long millis = position.occurredAt().toEpochMilli();
        String source = position.number().source();
        Condition lowerNumber = CRM_ORDER
                .SOURCE
                .lt(source)
                .or(CRM_ORDER
                        .SOURCE
                        .eq(source)
                        .and(CRM_ORDER.ORDER_NO.lt(position.number().value())));
        return CRM_ORDER
                .OCCURRED_MS
                .lt(millis)
                .or(CRM_ORDER.OCCURRED_MS.eq(millis).and(lowerNumber));
    }

    @Override
    public List<TradeStatistics> statistics(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        List<TradeTotal> totals = totals(session, tenant, customer);
        Map<String, Map<Dimension, Long>> counts = new HashMap<>();
        session.dsl()
                .select(CRM_TRADE_BUCKET.CURRENCY, CRM_TRADE_BUCKET.DIMENSION, count())
                .from(CRM_TRADE_BUCKET)
                .where(ofBuckets(tenant, customer))
                .groupBy(CRM_TRADE_BUCKET.CURRENCY, CRM_TRADE_BUCKET.DIMENSION)
                .forEach(row -> counts.computeIfAbsent(row.value1(), none -> new EnumMap<>(Dimension.class))
                        .put(Dimension.valueOf(row.value2()), row.value3().longValue()));
        return totals.stream()
                .map(total ->
                        statistics(total, counts.getOrDefault(total.currency().getCode(), Map.of())))
                .toList();
    }

    private static TradeStatistics statistics(TradeTotal total, Map<Dimension, Long> counts) {
        return new TradeStatistics(
                total,
                counts.getOrDefault(Dimension.DAY, 0L),
                counts.getOrDefault(Dimension.STORE, 0L),
                counts.getOrDefault(Dimension.CHANNEL, 0L),
                counts.getOrDefault(Dimension.CATEGORY, 0L));
    }

    @Override
    public List<TradeBucket> buckets(
            TenantId tenant,
            CustomerId customer,
            CurrencyUnit currency,
            Dimension dimension,
            @Nullable String after,
            int limit) {
        return work.session()
                .dsl()
                .selectFrom(CRM_TRADE_BUCKET)
                .where(ofBuckets(tenant, customer))
                .and(CRM_TRADE_BUCKET.CURRENCY.eq(currency.getCode()))
                .and(CRM_TRADE_BUCKET.DIMENSION.eq(dimension.name()))
                .and(after == null ? noCondition() : CRM_TRADE_BUCKET.BUCKET.gt(after))
                .orderBy(CRM_TRADE_BUCKET.BUCKET)
                .limit(limit)
                .fetch(TradeRows::bucket);
    }

    @Override
    public List<CustomerId> customers(TenantId tenant, @Nullable CustomerId after, int limit) {
        return work.session()
                .dsl()
                .select(CRM_TRADE.CUSTOMER_ID)
                .from(CRM_TRADE)
                .where(CRM_TRADE.TENANT_ID.eq(tenant.value()))
                .and(CRM_TRADE.CUSTOMER_ID.gt(after == null ? 0 : after.value()))
                .orderBy(CRM_TRADE.CUSTOMER_ID)
                .limit(limit)
                .fetch(row -> CustomerId.of(row.value1()));
    }

    @Override
    public List<Arrived> history(TenantId tenant, CustomerId customer, @Nullable OrderNumber after, int limit) {
        return new TradeReads(work.session(), tenant).history(customer, after, limit);
    }

    @Override
    public TradeSums sums(TenantId tenant, CustomerId customer) {
        Session session = work.session();
        return new TradeSums(
                totals(session, tenant, customer),
                session.fetchFresh(session.dsl().selectFrom(CRM_TRADE_BUCKET).where(ofBuckets(tenant, customer)))
                        .map(TradeRows::bucket));
    }

    @Override
    public void restate(TenantId tenant, CustomerId customer, TradeSums sums) {
        if (!restating.restate(work.session(), tenant, customer, sums)) {
            throw CoreError.STORE_FAILED.because("the customer's trade was never opened");
        }
    }

    @Override
    public Optional<CustomerId> movedTo(TenantId tenant, CustomerId customer) {
        return work.session()
                .dsl()
                .select(CRM_TRADE.MOVED_TO)
                .from(CRM_TRADE)
                .where(CRM_TRADE.TENANT_ID.eq(tenant.value()))
                .and(CRM_TRADE.CUSTOMER_ID.eq(customer.value()))
                .fetchOptional(row -> Column.customer(row.value1()));
    }

    @Override
    public Map<CustomerId, List<TradeTotal>> totals(TenantId tenant, Collection<CustomerId> customers) {
        Session session = work.session();
        Map<CustomerId, List<TradeTotal>> found = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_TRADE_TOTAL)
                        .where(CRM_TRADE_TOTAL.TENANT_ID.eq(tenant.value()))
                        .and(CRM_TRADE_TOTAL.CUSTOMER_ID.in(
                                customers.stream().map(CustomerId::value).toList()))
                        .orderBy(CRM_TRADE_TOTAL.CUSTOMER_ID, CRM_TRADE_TOTAL.CURRENCY))
                .forEach(row -> found.computeIfAbsent(
                                CustomerId.of(row.get(CRM_TRADE_TOTAL.CUSTOMER_ID)), none -> new ArrayList<>(1))
                        .add(TradeRows.total(row)));
        return found;
    }

    @Override
    public int move(TenantId tenant, CustomerId from, CustomerId to) {
        return new TradeMoves(work.session(), tenant).move(from, to);
    }

    @Override
    public int moveBack(TenantId tenant, CustomerId from, CustomerId to) {
        return new TradeMoves(work.session(), tenant).moveBack(from, to);
    }

    private static List<TradeTotal> totals(Session session, TenantId tenant, CustomerId customer) {
        return session.fetchFresh(session.dsl()
                        .selectFrom(CRM_TRADE_TOTAL)
                        .where(CRM_TRADE_TOTAL.TENANT_ID.eq(tenant.value()))
                        .and(CRM_TRADE_TOTAL.CUSTOMER_ID.eq(customer.value()))
                        .orderBy(CRM_TRADE_TOTAL.CURRENCY))
                .map(TradeRows::total);
    }

    private static Condition ofBuckets(TenantId tenant, CustomerId customer) {
        return CRM_TRADE_BUCKET.TENANT_ID.eq(tenant.value()).and(CRM_TRADE_BUCKET.CUSTOMER_ID.eq(customer.value()));
    }
}
