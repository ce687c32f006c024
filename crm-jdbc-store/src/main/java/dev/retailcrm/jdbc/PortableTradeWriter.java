package dev.retailcrm.jdbc;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeSums;
import dev.retailcrm.core.trade.TradeTotal;
import dev.retailcrm.jdbc.TradeColumns.Line;
import dev.retailcrm.jdbc.TradeColumns.Of;
import dev.retailcrm.jdbc.TradeColumns.OrderRow;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/** One statement a table, in batches, on every engine; also what takes something away. */
final class PortableTradeWriter implements TradeWriter {
    private static final String COUNT_ORDER =
            "SELECT 1 FROM crm_order" + TradeUpserts.where(TradeColumns.ORDER, TradeColumns.ORDER_KEY);
    private static final String INSERT_ORDER = TradeUpserts.insert("crm_order", TradeColumns.ORDER);
    private static final String UPDATE_ORDER =
            TradeUpserts.update("crm_order", TradeColumns.ORDER, TradeColumns.ORDER_KEY, "%s = ?");
    private static final String INSERT_LINE = TradeUpserts.insert("crm_order_line", TradeColumns.LINE);
    private static final String DELETE_LINES =
            "DELETE FROM crm_order_line" + TradeUpserts.where(TradeColumns.ORDER, TradeColumns.ORDER_KEY);
    private static final String INSERT_REFUND = TradeUpserts.insert("crm_refund", TradeColumns.REFUND);
    private static final String UPDATE_HEAD =
            "UPDATE crm_trade SET event_seq = ?, pending_refunds = ? WHERE tenant_id = ? AND customer_id = ?";
    private static final List<Column<Of<TradeTotal>>> TOTAL_SUMS = TradeColumns.TOTAL.stream()
            .filter(column ->
                    !column.name().equals(TradeUpserts.FIRST) && !column.name().equals(TradeUpserts.LAST))
            .toList();
    private static final String ADD = "%1$s = %1$s + ?";
    private static final String CHANGE_TOTAL =
            TradeUpserts.update("crm_trade_total", TOTAL_SUMS, TradeColumns.TOTAL_KEY, ADD);
    private static final String CHANGE_BUCKET =
            TradeUpserts.update("crm_trade_bucket", TradeColumns.BUCKET, TradeColumns.BUCKET_KEY, ADD);
    private static final String OWNED = " WHERE tenant_id = ? AND customer_id = ?";
    private static final String SPAN = "(SELECT %s(o.occurred_ms) FROM crm_order o WHERE o.tenant_id = ?"
            + " AND o.customer_id = ? AND o.currency = crm_trade_total.currency AND NOT o.cancelled)";
    private static final String SPANS = "UPDATE crm_trade_total SET first_ms = " + SPAN.formatted("MIN")
            + ", last_ms = " + SPAN.formatted("MAX") + OWNED;
    private static final String EMPTY_TOTALS =
            "DELETE FROM crm_trade_total" + OWNED + " AND orders = 0 AND refunds = 0 AND pending_refunds = 0";
    private static final String EMPTY_BUCKETS =
            "DELETE FROM crm_trade_bucket" + OWNED + " AND orders = 0 AND refunds = 0";

    private final Engine engine;
    private final String addTotal;
    private final String addBucket;

    PortableTradeWriter(Engine engine) {
        this.engine = engine;
        this.addTotal = TradeUpserts.row(engine, "crm_trade_total", TradeColumns.TOTAL, TradeColumns.TOTAL_KEY);
        this.addBucket = TradeUpserts.row(engine, "crm_trade_bucket", TradeColumns.BUCKET, TradeColumns.BUCKET_KEY);
    }

    @Override
    public boolean apply(Session session, TradeChange change) {
        List<Of<OrderRow>> placed = rows(change, change.placed());
        if (engine != Engine.POSTGRESQL && placed.size() == 1) {
            Of<OrderRow> order = placed.get(0);
            if (!session.insertUnlessPresent(
                    INSERT_ORDER, statement -> new Bind(statement).row(TradeColumns.ORDER, order))) {
                return false;
            }
        } else if (isKnown(session, placed)) {
            return false;
        } else {
            insert(session, INSERT_ORDER, TradeColumns.ORDER, placed);
        }
        writeRest(session, List.of(change), placed);
        return true;
    }

    @Override
    public void applyAll(Session session, List<TradeChange> changes) {
        List<Of<OrderRow>> placed = Of.all(changes, change -> OrderRow.all(change.placed()));
        insert(session, INSERT_ORDER, TradeColumns.ORDER, placed);
        writeRest(session, changes, placed);
    }

    /** Whether one of these orders is there. */
    boolean isKnown(Session session, List<Of<OrderRow>> orders) {
        return orders.stream()
                .anyMatch(order -> !session.query(
                                COUNT_ORDER,
                                statement ->
                                        bindKey(new Bind(statement), TradeColumns.ORDER, TradeColumns.ORDER_KEY, order),
                                row -> row.getInt(1))
                        .isEmpty());
    }

    static List<Of<OrderRow>> rows(TradeChange change, List<Order> orders) {
        return Of.all(List.of(change), same -> OrderRow.all(orders));
    }

    private void writeRest(Session session, List<TradeChange> changes, List<Of<OrderRow>> placed) {
        List<Of<OrderRow>> replaced = Of.all(changes, change -> OrderRow.all(change.replaced()));
        session.each(
                UPDATE_ORDER,
                replaced,
                (statement, row) -> bindAfterKey(new Bind(statement), TradeColumns.ORDER, TradeColumns.ORDER_KEY, row));
        session.each(
                DELETE_LINES,
                replaced,
                (statement, row) -> bindKey(new Bind(statement), TradeColumns.ORDER, TradeColumns.ORDER_KEY, row));
        List<Of<Line>> lines =
                Line.all(Stream.concat(placed.stream(), replaced.stream()).toList());
        insert(session, INSERT_LINE, TradeColumns.LINE, lines);
        insert(session, INSERT_REFUND, TradeColumns.REFUND, Of.all(changes, TradeChange::refunds));
        addSums(session, changes);
        for (TradeChange change : changes) {
            if (!change.isAdding()) {
                tidy(session, change.tenant(), change.customer());
            }
        }
        JooqOutboxStore.appendAll(
                session,
                changes.stream().flatMap(change -> change.events().stream()).toList());
        session.each(
                UPDATE_HEAD,
                changes,
                (statement, change) -> new Bind(statement)
                        .number(change.after().eventSeq())
                        .number(change.after().pendingRefunds())
                        .text(change.tenant().value())
                        .number(change.customer().value()));
    }

    /** Adds to sums; those that take away change rows that are there, and those cannot be bound as new rows that would be negative. */
    private void addSums(Session session, List<TradeChange> changes) {
        List<Of<TradeTotal>> totals = Of.all(changes, change -> change.added().totals());
        List<Of<TradeBucket>> buckets = Of.all(changes, change -> change.added().buckets());
        session.each(
                CHANGE_TOTAL,
                totals.stream().filter(row -> row.value().isTaking()).toList(),
                (statement, row) -> bindAfterKey(new Bind(statement), TOTAL_SUMS, TradeColumns.TOTAL_KEY, row));
        session.each(
                CHANGE_BUCKET,
                buckets.stream().filter(row -> row.value().figures().isTaking()).toList(),
                (statement, row) ->
                        bindAfterKey(new Bind(statement), TradeColumns.BUCKET, TradeColumns.BUCKET_KEY, row));
        insert(
                session,
                addTotal,
                TradeColumns.TOTAL,
                totals.stream().filter(row -> !row.value().isTaking()).toList());
        insert(
                session,
                addBucket,
                TradeColumns.BUCKET,
                buckets.stream()
                        .filter(row -> !row.value().figures().isTaking())
                        .toList());
    }

    /** Removes rows that came to nothing and finds first and last instants anew. */
    private static void tidy(Session session, TenantId tenant, CustomerId customer) {
        session.update(EMPTY_TOTALS, statement -> bindOwner(new Bind(statement), tenant, customer));
        session.update(EMPTY_BUCKETS, statement -> bindOwner(new Bind(statement), tenant, customer));
        session.update(
                SPANS,
                statement -> bindOwner(
                        bindOwner(bindOwner(new Bind(statement), tenant, customer), tenant, customer),
                        tenant,
                        customer));
    }

    /** Puts these sums in place of those kept; false if there is no head. */
    boolean restate(Session session, TenantId tenant, CustomerId customer, TradeSums sums) {
        for (String table : List.of("crm_trade_total", "crm_trade_bucket")) {
            session.update(
                    "DELETE FROM " + table + OWNED, statement -> bindOwner(new Bind(statement), tenant, customer));
        }
        insert(
                session,
                TradeUpserts.insert("crm_trade_total", TradeColumns.TOTAL),
                TradeColumns.TOTAL,
                sums.totals().stream()
                        .map(total -> new Of<>(tenant, customer, total))
                        .toList());
        insert(
                session,
                TradeUpserts.insert("crm_trade_bucket", TradeColumns.BUCKET),
                TradeColumns.BUCKET,
                sums.buckets().stream()
                        .map(bucket -> new Of<>(tenant, customer, bucket))
                        .toList());
        return session.update(
                        "UPDATE crm_trade SET pending_refunds = ?" + OWNED,
                        statement -> bindOwner(new Bind(statement).number(sums.pendingRefunds()), tenant, customer))
                == 1;
    }

    private static <T> void insert(Session session, String sql, List<Column<T>> columns, List<T> rows) {
        session.each(sql, rows, (statement, row) -> new Bind(statement).row(columns, row));
    }

    private static <T> void bindKey(Bind bind, List<Column<T>> columns, int key, T row) throws SQLException {
        bind.row(columns.subList(0, key), row);
    }

    private static <T> void bindAfterKey(Bind bind, List<Column<T>> columns, int key, T row) throws SQLException {
        bind.row(columns.subList(key, columns.size()), row);
        bindKey(bind, columns, key, row);
    }

    private static Bind bindOwner(Bind bind, TenantId tenant, CustomerId customer) throws SQLException {
        return bind.text(tenant.value()).number(customer.value());
    }
}
