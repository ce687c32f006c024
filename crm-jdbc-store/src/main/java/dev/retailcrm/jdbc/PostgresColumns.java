package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.Column.millis;
import static dev.retailcrm.jdbc.Column.number;
import static dev.retailcrm.jdbc.Column.text;

import dev.retailcrm.assets.ledger.Entry;
import dev.retailcrm.assets.ledger.Hold;
import dev.retailcrm.assets.ledger.LedgerChange;
import dev.retailcrm.assets.ledger.Lot;
import dev.retailcrm.assets.ledger.Movement;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.jdbc.PortableLedgerWriter.Line;
import java.util.List;
import java.util.Objects;

/** The columns of each ledger table as PostgreSQL takes them, without tenant and customer. Stateless. */
final class PostgresColumns {
    private PostgresColumns() {}

    static final List<Column<LedgerChange>> REQUEST = List.of(
            text("request_key", c -> Objects.requireNonNull(c.request()).key().value()),
            number("fingerprint", c -> Objects.requireNonNull(c.request()).fingerprint()),
            text("answer", c -> Objects.requireNonNull(c.request()).answer()));

    static final List<Column<Line<Entry>>> ENTRY = List.of(
            text("asset", l -> l.account().asset().code()),
            number("seq", l -> l.value().seq()),
            text("type", l -> l.value().type().name()),
            number("amount", l -> l.value().amount()),
            number("balance_after", l -> l.value().balanceAfter()),
            number("held_after", l -> l.value().heldAfter()),
            number("at_ms", l -> l.value().at().toEpochMilli()),
            number("occurred_ms", l -> l.value().occurredAt().toEpochMilli()),
            text(
                    "request_key",
                    l -> l.value().key() == null ? null : l.value().key().value()),
            number("reverses", l -> l.value().reverses() == 0 ? null : l.value().reverses()),
            new Column<>("pro_rata", "boolean", l -> l.value().proRata()),
            text("reference", l -> l.value().reference()),
            text("reason", l -> l.value().reason()),
            text(
                    "store_id",
                    l -> l.value().store() == null ? null : l.value().store().value()),
            text(
                    "staff_id",
                    l -> l.value().staff() == null ? null : l.value().staff().value()));

    static final List<Column<Line<Lot>>> NEW_LOT = List.of(
            text("asset", l -> l.account().asset().code()),
            number("lot_no", l -> l.value().no()),
            text("part", l -> l.value().part().name()),
            number("granted", l -> l.value().granted()),
            number("remaining", l -> l.value().remaining()),
            number("held", l -> l.value().held()),
            number("available_ms", l -> l.value().availableFrom().toEpochMilli()),
            number("expires_ms", l -> millis(l.value().expiresAt())),
            number("open_until_ms", l -> millis(l.value().openUntil())),
            new Column<>("slide_days", "integer", l -> l.value().slideDays()),
            text(
                    "cost_currency",
                    l -> l.value().cost() == null
                            ? null
                            : l.value().cost().currency().getCode()),
            number(
                    "cost_minor",
                    l -> l.value().cost() == null ? null : l.value().cost().minor()));

    static final List<Column<Line<Lot>>> LOT = List.of(
            number("lot_no", l -> l.value().no()),
            number("remaining", l -> l.value().remaining()),
            number("held", l -> l.value().held()),
            number("expires_ms", l -> millis(l.value().expiresAt())),
            number("open_until_ms", l -> millis(l.value().openUntil())));

    static final List<Column<Line<Movement>>> MOVEMENT = List.of(
            text("asset", l -> l.account().asset().code()),
            number("seq", l -> l.value().seq()),
            new Column<>("line", "integer", l -> l.number()),
            number("lot_no", l -> l.value().lotNo()),
            text("part", l -> l.value().part().name()),
            number("delta", l -> l.value().delta()),
            number("held_delta", l -> l.value().heldDelta()),
            number("cost_minor", l -> l.value().costMinor()));

    static final List<Column<Line<Hold>>> NEW_HOLD = List.of(
            text("asset", l -> l.account().asset().code()),
            number("hold_no", l -> l.value().no()),
            number("amount", l -> l.value().amount()),
            number("expires_ms", l -> l.value().expiresAt().toEpochMilli()),
            text("state", l -> l.value().state().name()),
            number("captured", l -> l.value().captured()),
            number("ended_by", l -> l.value().endedBy()),
            number("open_until_ms", l -> l.value().expiresAt().toEpochMilli()));

    static final List<Column<Line<Hold>>> HOLD = List.of(
            number("hold_no", l -> l.value().no()),
            text("state", l -> l.value().state().name()),
            number("captured", l -> l.value().captured()),
            number("ended_by", l -> l.value().endedBy()),
            number("open_until_ms", l -> null));

    static final List<Column<LedgerChange>> ACCOUNT = List.of(
            number("seq", c -> c.after().seq()),
            number("posted", c -> c.after().posted()),
            number("held", c -> c.after().held()),
            number("debt", c -> c.after().debt()),
            number("pending", c -> c.after().pending()),
            number("as_of_ms", c -> c.after().asOf().toEpochMilli()),
            number("active_ms", c -> millis(c.after().activeAt())),
            number("due_ms", c -> millis(c.after().dueAt())),
            new Column<>("slides", "boolean", c -> c.after().slides()),
            number("event_seq", c -> c.after().eventSeq()));

    static final List<Column<EventEnvelope>> EVENT = List.of(
            text("source", EventEnvelope::source),
            number("seq", EventEnvelope::seq),
            text("type", EventEnvelope::type),
            number("at_ms", e -> e.at().toEpochMilli()),
            text("data", EventEnvelope::data));
}
