package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.Column.millis;
import static dev.retailcrm.jdbc.Column.number;
import static dev.retailcrm.jdbc.Column.text;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.TradeChange;
import dev.retailcrm.core.trade.Order;
import dev.retailcrm.core.trade.OrderHead;
import dev.retailcrm.core.trade.OrderLine;
import dev.retailcrm.core.trade.OrderNumber;
import dev.retailcrm.core.trade.Refund;
import dev.retailcrm.core.trade.TradeBucket;
import dev.retailcrm.core.trade.TradeTotal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The columns of each table of trade, key columns first. Stateless. */
final class TradeColumns {
    private TradeColumns() {}

    /** Something of a customer. */
    record Of<T>(TenantId tenant, CustomerId customer, T value) {
        static <V> List<Of<V>> all(List<TradeChange> changes, Function<TradeChange, List<V>> values) {
            List<Of<V>> rows = new ArrayList<>();
            for (TradeChange change : changes) {
                for (V value : values.apply(change)) {
                    rows.add(new Of<>(change.tenant(), change.customer(), value));
                }
            }
            return rows;
        }

        <V> Of<V> with(V other) {
            return new Of<>(tenant, customer, other);
        }
    }

    /** A line of an order. */
    record Line(OrderNumber order, int number, OrderLine line) {
        static List<Of<Line>> all(List<Of<OrderRow>> orders) {
            List<Of<Line>> lines = new ArrayList<>();
            for (Of<OrderRow> row : orders) {
                Order order = row.value().order();
                for (int i = 0; i < order.lines().size(); i++) {
                    lines.add(row.with(
                            new Line(order.number(), i + 1, order.lines().get(i))));
                }
            }
            return lines;
        }
    }

    /** An order and its head, which is made once. */
    record OrderRow(Order order, OrderHead head) {
        static List<OrderRow> all(List<Order> orders) {
            return orders.stream()
                    .map(order -> new OrderRow(order, order.head()))
                    .toList();
        }
    }

    /** How many of the first columns of a table are its key. */
    static final int ORDER_KEY = 4;

    static final List<Column<Of<OrderRow>>> ORDER = owned(List.of(
            text("source", o -> o.value().head().number().source()),
            text("order_no", o -> o.value().head().number().value()),
            number("revision", o -> o.value().head().revision()),
            number("occurred_ms", o -> o.value().head().occurredAt().toEpochMilli()),
            text("channel", o -> o.value().head().channel()),
            text(
                    "store_id",
                    o -> o.value()
                            .order()
                            .boughtIn()
                            .map(store -> store.value())
                            .orElse(null)),
            text("currency", o -> o.value().head().currency().getCode()),
            number("amount_minor", o -> o.value().head().amount().getAmountMinorLong()),
            number("units_milli", o -> o.value().head().unitsMilli()),
            new Column<>("line_count", "integer", o -> o.value().head().lines()),
            new Column<>("cancelled", "boolean", o -> o.value().head().cancelled()),
            number("fingerprint", o -> o.value().head().fingerprint())));

    static final List<Column<Of<Line>>> LINE = owned(List.of(
            text("source", l -> l.value().order().source()),
            text("order_no", l -> l.value().order().value()),
            new Column<>("line_no", "integer", l -> l.value().number()),
            text("sku", l -> l.value().line().sku()),
            text("category", l -> l.value().line().category()),
            text("brand", l -> l.value().line().brand()),
            number("quantity_milli", l -> l.value().line().quantityMilli()),
            number("amount_minor", l -> l.value().line().amount().getAmountMinorLong())));

    static final List<Column<Of<Refund>>> REFUND = owned(List.of(
            text("source", r -> r.value().order().source()),
            text("order_no", r -> r.value().order().value()),
            text("refund_no", r -> r.value().number()),
            number("occurred_ms", r -> r.value().occurredAt().toEpochMilli()),
            text("currency", r -> r.value().amount().getCurrencyUnit().getCode()),
            number("amount_minor", r -> r.value().amount().getAmountMinorLong()),
            number("units_milli", r -> r.value().unitsMilli()),
            number("fingerprint", r -> r.value().fingerprint())));

    static final int TOTAL_KEY = 3;

    static final List<Column<Of<TradeTotal>>> TOTAL = owned(List.of(
            text("currency", t -> t.value().currency().getCode()),
            number("orders", t -> t.value().figures().orders()),
            number("amount_minor", t -> t.value().figures().amountMinor()),
            number("units_milli", t -> t.value().figures().unitsMilli()),
            number("refunds", t -> t.value().figures().refunds()),
            number("refunded_minor", t -> t.value().figures().refundedMinor()),
            number("pending_refunds", t -> t.value().pendingRefunds()),
            number("pending_minor", t -> t.value().pendingMinor()),
            number("first_ms", t -> millis(t.value().first())),
            number("last_ms", t -> millis(t.value().last()))));

    static final int BUCKET_KEY = 5;

    static final List<Column<Of<TradeBucket>>> BUCKET = owned(List.of(
            text("currency", b -> b.value().currency().getCode()),
            text("dimension", b -> b.value().dimension().name()),
            text("bucket", b -> b.value().key()),
            number("orders", b -> b.value().figures().orders()),
            number("amount_minor", b -> b.value().figures().amountMinor()),
            number("units_milli", b -> b.value().figures().unitsMilli()),
            number("refunds", b -> b.value().figures().refunds()),
            number("refunded_minor", b -> b.value().figures().refundedMinor())));

    static final List<Column<Of<EventEnvelope>>> EVENT = owned(List.of(
            text("source", e -> e.value().source()),
            number("seq", e -> e.value().seq()),
            text("type", e -> e.value().type()),
            number("at_ms", e -> e.value().at().toEpochMilli()),
            text("data", e -> e.value().data())));

    static final List<Column<TradeChange>> HEAD = List.of(
            number("customer_id", c -> c.customer().value()),
            number("event_seq", c -> c.after().eventSeq()),
            number("pending_refunds", c -> c.after().pendingRefunds()));

    private static <T> List<Column<Of<T>>> owned(List<Column<Of<T>>> columns) {
        List<Column<Of<T>>> all = new ArrayList<>();
        all.add(text("tenant_id", row -> row.tenant().value()));
        all.add(number("customer_id", row -> row.customer().value()));
        all.addAll(columns);
        return List.copyOf(all);
    }
}
