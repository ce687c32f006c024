package dev.retailcrm.jdbc;

import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.trade.TradeHead;
import dev.retailcrm.jdbc.TradeColumns.Line;
import dev.retailcrm.jdbc.TradeColumns.Of;
import dev.retailcrm.jdbc.TradeColumns.OrderRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One data-modifying statement for everything that decisions add. The insert of a new order comes first and gates the rest: if the order
 * is there, nothing else happens and no unique violation ends the host's transaction. A few rows are given one by one, so that the
 * database keeps the plan; more come as arrays. What takes something away is written the portable way.
 */
final class PostgresTradeWriter implements TradeWriter {
    private static final String SEPARATOR = ",\n";
    private static final String ADD_TO_TOTAL =
            TradeUpserts.onConflict("crm_trade_total", TradeColumns.TOTAL, TradeColumns.TOTAL_KEY);
    private static final String ADD_TO_BUCKET =
            TradeUpserts.onConflict("crm_trade_bucket", TradeColumns.BUCKET, TradeColumns.BUCKET_KEY);

    private final PortableTradeWriter portable;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    PostgresTradeWriter(PortableTradeWriter portable) {
        this.portable = portable;
    }

    /** The rows of one table, and what is done about those that are there. */
    private record Part<T>(String table, PostgresRows<T> given, String onConflict) {
        Part(String table, List<Column<T>> columns, List<T> rows, String onConflict) {
            this(table, new PostgresRows<>(columns, rows), onConflict);
        }

        List<T> rows() {
            return given.rows();
        }

        String shape() {
            return table + given.shape();
        }

        String insert(boolean gated) {
            return "INSERT INTO " + table + " (" + given.names("") + ") SELECT " + given.names("r.") + " FROM "
                    + (gated ? "k, " : "") + given.source() + onConflict;
        }
    }

    @Override
    public boolean apply(Session session, TradeChange change) {
        if (!change.isAdding()) {
            return portable.apply(session, change);
        }
        List<Of<OrderRow>> placed = PortableTradeWriter.rows(change, change.placed());
        boolean gated = placed.size() == 1;
        if (!gated && portable.isKnown(session, placed)) {
            return false;
        }
        List<Part<?>> parts = parts(List.of(change), placed);
        String sql = made.computeIfAbsent(shape("one", parts), shape -> sql(parts, gated));
        int written = session.update(sql, statement -> {
            Bind bind = new Bind(statement);
            for (Part<?> part : parts) {
                part.given().bind(bind);
            }
            TradeHead after = change.after();
            bind.number(after.eventSeq())
                    .number(after.pendingRefunds())
                    .text(change.tenant().value())
                    .number(change.customer().value());
        });
        return written == 1;
    }

    private static String sql(List<Part<?>> parts, boolean gated) {
        return with(parts, gated) + "\nUPDATE crm_trade t SET event_seq = ?, pending_refunds = ?"
                + (gated ? " FROM k" : "") + " WHERE t.tenant_id = ? AND t.customer_id = ?";
    }

    @Override
    public void applyAll(Session session, List<TradeChange> changes) {
        List<TradeChange> adding =
                changes.stream().filter(TradeChange::isAdding).toList();
        List<TradeChange> others =
                changes.stream().filter(change -> !change.isAdding()).toList();
        if (!others.isEmpty()) {
            portable.applyAll(session, others);
        }
        if (!adding.isEmpty()) {
            addAll(session, adding);
        }
    }

    private void addAll(Session session, List<TradeChange> changes) {
        List<Part<?>> parts = parts(changes, Of.all(changes, change -> OrderRow.all(change.placed())));
        var heads = new Part<>("crm_trade", TradeColumns.HEAD, changes, "");
        String sql = made.computeIfAbsent(
                shape("all" + heads.shape(), parts),
                shape -> with(parts, false)
                        + "\nUPDATE crm_trade t SET event_seq = r.event_seq, pending_refunds = r.pending_refunds FROM "
                        + heads.given().source() + " WHERE t.tenant_id = ? AND t.customer_id = r.customer_id");
        session.update(sql, statement -> {
            Bind bind = new Bind(statement);
            for (Part<?> part : parts) {
                part.given().bind(bind);
            }
            heads.given().bind(bind);
            bind.text(changes.get(0).tenant().value());
        });
    }

    private static List<Part<?>> parts(List<TradeChange> changes, List<Of<OrderRow>> placed) {
        List<Part<?>> parts = new ArrayList<>(6);
        parts.add(new Part<>("crm_order", TradeColumns.ORDER, placed, ""));
        parts.add(new Part<>("crm_order_line", TradeColumns.LINE, Line.all(placed), ""));
        parts.add(new Part<>("crm_refund", TradeColumns.REFUND, Of.all(changes, TradeChange::refunds), ""));
        parts.add(new Part<>(
                "crm_trade_total",
                TradeColumns.TOTAL,
                Of.all(changes, change -> change.added().totals()),
                ADD_TO_TOTAL));
        parts.add(new Part<>(
                "crm_trade_bucket",
                TradeColumns.BUCKET,
                Of.all(changes, change -> change.added().buckets()),
                ADD_TO_BUCKET));
        parts.add(new Part<>("crm_outbox", TradeColumns.EVENT, Of.all(changes, TradeChange::events), ""));
        parts.removeIf(part -> part.rows().isEmpty());
        return parts;
    }

    private static String shape(String kind, List<Part<?>> parts) {
        StringBuilder shape = new StringBuilder(96).append(kind);
        parts.forEach(part -> shape.append('+').append(part.shape()));
        return shape.toString();
    }

    /** The inserts; if gated, the first is of the order on which the others depend. */
    private static String with(List<Part<?>> parts, boolean gated) {
        StringBuilder sql = new StringBuilder(2048).append("WITH ");
        for (int i = 0; i < parts.size(); i++) {
            boolean gate = gated && i == 0;
            sql.append(i == 0 ? "" : SEPARATOR)
                    .append(gate ? "k" : "p" + i)
                    .append(" AS (")
                    .append(parts.get(i).insert(gated && !gate))
                    .append(gate ? " ON CONFLICT DO NOTHING RETURNING 1)" : ")");
        }
        return sql.toString();
    }
}
