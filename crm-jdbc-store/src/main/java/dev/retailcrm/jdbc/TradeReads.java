package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static org.jooq.impl.DSL.noCondition;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeStore.Arrived;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderFile;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.Condition;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * Reads orders and refunds of one tenant. On MariaDB what is read under a customer's lock is read with locks as well: a plain read may
 * be as old as the host's transaction.
 */
final class TradeReads {
    private final Session session;
    private final TenantId tenant;

    TradeReads(Session session, TenantId tenant) {
        this.session = session;
        this.tenant = tenant;
    }

    /** Two round trips, however many customers and orders. Numbers of one customer are looked for at the others as well. */
    Map<CustomerId, Map<OrderNumber, OrderFile>> files(Map<CustomerId, Set<OrderNumber>> numbers) {
        List<Long> customers =
                numbers.keySet().stream().map(CustomerId::value).sorted().toList();
        Set<String> values = new HashSet<>();
        numbers.values().forEach(some -> some.forEach(number -> values.add(number.value())));
        Map<CustomerId, Map<OrderNumber, OrderHead>> heads = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_ORDER)
                        .where(CRM_ORDER.TENANT_ID.eq(tenant.value()))
                        .and(CRM_ORDER.CUSTOMER_ID.in(customers))
                        .and(CRM_ORDER.ORDER_NO.in(values)))
                .forEach(row -> heads.computeIfAbsent(
                                CustomerId.of(row.get(CRM_ORDER.CUSTOMER_ID)), none -> new HashMap<>())
                        .put(TradeRows.orderNumber(row), TradeRows.head(row)));
        Map<CustomerId, Map<OrderNumber, List<Refund>>> refunds = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_REFUND)
                        .where(CRM_REFUND.TENANT_ID.eq(tenant.value()))
                        .and(CRM_REFUND.CUSTOMER_ID.in(customers))
                        .and(CRM_REFUND.ORDER_NO.in(values))
                        .orderBy(CRM_REFUND.REFUND_NO))
                .map(TradeRows::refund)
                .forEach(refund -> refunds.computeIfAbsent(refund.customer(), none -> new HashMap<>())
                        .computeIfAbsent(refund.order(), none -> new ArrayList<>())
                        .add(refund));
        Map<CustomerId, Map<OrderNumber, OrderFile>> files = new HashMap<>();
        numbers.forEach((customer, wanted) -> {
            Map<OrderNumber, OrderFile> known = new HashMap<>();
            wanted.forEach(number -> known.put(
                    number,
                    new OrderFile(
                            heads.getOrDefault(customer, Map.of()).get(number),
                            refunds.getOrDefault(customer, Map.of()).getOrDefault(number, List.of()))));
            files.put(customer, known);
        });
        return files;
    }

    Optional<Order> order(CustomerId customer, OrderNumber number) {
        Condition is =
                ofOrders(customer).and(CRM_ORDER.SOURCE.eq(number.source())).and(CRM_ORDER.ORDER_NO.eq(number.value()));
        return session.fetchFresh(session.dsl().selectFrom(CRM_ORDER).where(is)).stream()
                .findFirst()
                .map(TradeRows::head)
                .map(head -> TradeRows.order(
                        customer,
                        head,
                        session.fetchFresh(session.dsl()
                                        .selectFrom(CRM_ORDER_LINE)
                                        .where(CRM_ORDER_LINE.TENANT_ID.eq(tenant.value()))
                                        .and(CRM_ORDER_LINE.CUSTOMER_ID.eq(customer.value()))
                                        .and(CRM_ORDER_LINE.SOURCE.eq(number.source()))
                                        .and(CRM_ORDER_LINE.ORDER_NO.eq(number.value()))
                                        .orderBy(CRM_ORDER_LINE.LINE_NO))
                                .map(row -> TradeRows.line(row, head.currency()))));
    }

    /** Three round trips: orders, the lines up to the last of them, and the refunds. */
    List<Arrived> history(CustomerId customer, @Nullable OrderNumber after, int limit) {
        Map<OrderNumber, OrderHead> heads = new LinkedHashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_ORDER)
                        .where(ofOrders(customer))
                        .and(isAfter(CRM_ORDER.SOURCE, CRM_ORDER.ORDER_NO, after))
                        .orderBy(CRM_ORDER.SOURCE, CRM_ORDER.ORDER_NO)
                        .limit(limit))
                .map(TradeRows::head)
                .forEach(head -> heads.put(head.number(), head));
        OrderNumber last = null;
        for (OrderNumber number : heads.keySet()) {
            last = number;
        }
        Map<OrderNumber, List<OrderLine>> lines = last == null ? Map.of() : lines(customer, heads, after, last);
        Map<OrderNumber, List<Refund>> refunds = refunds(customer, after, heads.size() == limit ? last : null);
        SortedMap<OrderNumber, Arrived> arrived = new TreeMap<>();
        heads.forEach((number, head) -> arrived.put(
                number,
                new Arrived(
                        number,
                        TradeRows.order(customer, head, lines.getOrDefault(number, List.of())),
                        refunds.getOrDefault(number, List.of()))));
        refunds.forEach((number, some) -> arrived.putIfAbsent(number, new Arrived(number, null, some)));
        return List.copyOf(arrived.values());
    }

    private Map<OrderNumber, List<OrderLine>> lines(
            CustomerId customer, Map<OrderNumber, OrderHead> heads, @Nullable OrderNumber after, OrderNumber last) {
        Map<OrderNumber, List<OrderLine>> lines = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_ORDER_LINE)
                        .where(CRM_ORDER_LINE.TENANT_ID.eq(tenant.value()))
                        .and(CRM_ORDER_LINE.CUSTOMER_ID.eq(customer.value()))
                        .and(isAfter(CRM_ORDER_LINE.SOURCE, CRM_ORDER_LINE.ORDER_NO, after))
                        .and(isUpTo(CRM_ORDER_LINE.SOURCE, CRM_ORDER_LINE.ORDER_NO, last))
                        .orderBy(CRM_ORDER_LINE.SOURCE, CRM_ORDER_LINE.ORDER_NO, CRM_ORDER_LINE.LINE_NO))
                .forEach(row -> {
                    OrderNumber number = TradeRows.orderOfLine(row);
                    OrderHead head = Objects.requireNonNull(heads.get(number), "a line without its order");
                    lines.computeIfAbsent(number, none -> new ArrayList<>()).add(TradeRows.line(row, head.currency()));
                });
        return lines;
    }

    private Map<OrderNumber, List<Refund>> refunds(
            CustomerId customer, @Nullable OrderNumber after, @Nullable OrderNumber last) {
        Map<OrderNumber, List<Refund>> refunds = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(CRM_REFUND)
                        .where(CRM_REFUND.TENANT_ID.eq(tenant.value()))
                        .and(CRM_REFUND.CUSTOMER_ID.eq(customer.value()))
                        .and(isAfter(CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO, after))
                        .and(last == null ? noCondition() : isUpTo(CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO, last))
                        .orderBy(CRM_REFUND.SOURCE, CRM_REFUND.ORDER_NO, CRM_REFUND.REFUND_NO))
                .map(TradeRows::refund)
                .forEach(refund -> refunds.computeIfAbsent(refund.order(), none -> new ArrayList<>())
                        .add(refund));
        return refunds;
    }

    private Condition ofOrders(CustomerId customer) {
        return CRM_ORDER.TENANT_ID.eq(tenant.value()).and(CRM_ORDER.CUSTOMER_ID.eq(customer.value()));
    }

    private static Condition isAfter(Field<String> source, Field<String> number, @Nullable OrderNumber after) {
        return after == null
                ? noCondition()
                : source.gt(after.source()).or(source.eq(after.source()).and(number.gt(after.value())));
    }

    private static Condition isUpTo(Field<String> source, Field<String> number, OrderNumber last) {
        return source.lt(last.source()).or(source.eq(last.source()).and(number.le(last.value())));
    }
}
