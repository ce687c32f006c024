package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER;
import static dev.retailcrm.jdbc.schema.Tables.CRM_ORDER_LINE;
import static dev.retailcrm.jdbc.schema.Tables.CRM_REFUND;
import static dev.retailcrm.jdbc.schema.Tables.CRM_TRADE_TOTAL;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.CustomerFacts;
import dev.retailcrm.core.rule.KernelFacts;
import dev.retailcrm.core.rule.RequiredFacts;
import dev.retailcrm.core.rule.TradeEvent;
import dev.retailcrm.core.rule.TradeField;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.TradeTotal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Record;

/** Orders, refunds and statistics as facts. Not thread-safe. */
final class RuleTradeFacts {
    private final Session session;
    private final TenantId tenant;
    private final RequiredFacts required;
    private final Map<Long, CustomerFacts.Builder> found;

    RuleTradeFacts(Session session, TenantId tenant, RequiredFacts required, Map<Long, CustomerFacts.Builder> found) {
        this.session = session;
        this.tenant = tenant;
        this.required = required;
        this.found = found;
    }

    void read(Collection<Long> ids) {
        List<TradeField.InCurrency> totals = required.fields().stream()
                .flatMap(name -> TradeField.of(name).stream())
                .toList();
        if (!totals.isEmpty()) {
            totals(ids, totals);
        }
        boolean orders = asks(TradeEvent.ORDER);
        boolean lines = asks(TradeEvent.PURCHASE);
        if (orders || lines) {
            orders(ids, orders, lines);
        }
        if (asks(TradeEvent.REFUND)) {
            refunds(ids);
        }
    }

    private boolean asks(TradeEvent event) {
        return required.events().contains(event.type());
    }

    private CustomerFacts.Builder of(Long customer) {
        return Objects.requireNonNull(found.get(customer), "rows of a customer who was not asked about");
    }

    private void totals(Collection<Long> ids, List<TradeField.InCurrency> fields) {
        var t = CRM_TRADE_TOTAL;
        Map<Long, List<TradeTotal>> totals = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(t)
                        .where(t.TENANT_ID.eq(tenant.value()))
                        .and(t.CUSTOMER_ID.in(ids)))
                .forEach(row -> totals.computeIfAbsent(row.get(t.CUSTOMER_ID), first -> new ArrayList<>())
                        .add(TradeRows.total(row)));
        ids.forEach(id -> new KernelFacts(of(id)).totals(fields, totals.getOrDefault(id, List.of())));
    }

    private void orders(Collection<Long> ids, boolean asOrders, boolean asLines) {
        var o = CRM_ORDER;
        Map<Long, Map<Object, List<Record>>> lines = asLines ? lines(ids) : Map.of();
        session.fetchFresh(session.dsl()
                        .selectFrom(o)
                        .where(o.TENANT_ID.eq(tenant.value()))
                        .and(o.CUSTOMER_ID.in(ids))
                        .and(o.CANCELLED.eq(false))
                        .orderBy(o.CUSTOMER_ID, o.OCCURRED_MS, o.SOURCE, o.ORDER_NO))
                .forEach(row -> {
                    Long customer = row.get(o.CUSTOMER_ID);
                    OrderHead head = TradeRows.head(row);
                    if (asOrders) {
                        of(customer).event(TradeEvent.ORDER.type(), TradeEvent.of(head));
                    }
                    List<OrderLine> hers =
                            lines.getOrDefault(customer, Map.of()).getOrDefault(head.number(), List.of()).stream()
                                    .map(line -> TradeRows.line(line, head.currency()))
                                    .toList();
                    if (!hers.isEmpty()) {
                        Order order = TradeRows.order(CustomerId.of(customer), head, hers);
                        TradeEvent.lines(order).forEach(line -> of(customer).event(TradeEvent.PURCHASE.type(), line));
                    }
                });
    }

    private Map<Long, Map<Object, List<Record>>> lines(Collection<Long> ids) {
        var l = CRM_ORDER_LINE;
        Map<Long, Map<Object, List<Record>>> lines = new HashMap<>();
        session.fetchFresh(session.dsl()
                        .selectFrom(l)
                        .where(l.TENANT_ID.eq(tenant.value()))
                        .and(l.CUSTOMER_ID.in(ids))
                        .orderBy(l.CUSTOMER_ID, l.SOURCE, l.ORDER_NO, l.LINE_NO))
                .forEach(row -> lines.computeIfAbsent(row.get(l.CUSTOMER_ID), first -> new HashMap<>())
                        .computeIfAbsent(TradeRows.orderOfLine(row), first -> new ArrayList<>())
                        .add(row));
        return lines;
    }

    private void refunds(Collection<Long> ids) {
        var r = CRM_REFUND;
        session.fetchFresh(session.dsl()
                        .selectFrom(r)
                        .where(r.TENANT_ID.eq(tenant.value()))
                        .and(r.CUSTOMER_ID.in(ids))
                        .orderBy(r.CUSTOMER_ID, r.OCCURRED_MS, r.SOURCE, r.ORDER_NO, r.REFUND_NO))
                .map(TradeRows::refund)
                .forEach(
                        refund -> of(refund.customer().value()).event(TradeEvent.REFUND.type(), TradeEvent.of(refund)));
    }
}
