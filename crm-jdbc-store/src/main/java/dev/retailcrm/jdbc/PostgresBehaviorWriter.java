package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.Column.number;
import static dev.retailcrm.jdbc.Column.text;

import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.kernel.TenantId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One statement for all events, which passes over those that are there and names those it wrote. Only if some were there does a second
 * read their fingerprints: in a statement of its own, since it must see what the first waited for.
 */
final class PostgresBehaviorWriter implements BehaviorWriter {
    private static final List<Column<RecordedEvent>> KEY = List.of(
            number("customer_id", event -> event.owner().value()),
            text("source", event -> event.id().source()),
            text("event_id", event -> event.id().value()));

    private static final List<Column<RecordedEvent>> ROW = List.of(
            KEY.get(0),
            KEY.get(1),
            KEY.get(2),
            text("type", RecordedEvent::type),
            number("occurred_ms", event -> event.occurredAt().toEpochMilli()),
            number("received_ms", event -> event.receivedAt().toEpochMilli()),
            text("channel", RecordedEvent::channel),
            text(
                    "store_id",
                    event -> event.store() == null ? null : event.store().value()),
            text("properties", RecordedEvent::json),
            number("fingerprint", RecordedEvent::fingerprint));

    /** What an event is kept under. */
    private record Key(long owner, String source, String id) {
        static Key of(RecordedEvent event) {
            return new Key(
                    event.owner().value(), event.id().source(), event.id().value());
        }
    }

    @Override
    public Map<RecordedEvent, Long> record(Session session, TenantId tenant, List<RecordedEvent> events) {
        var rows = new PostgresRows<>(ROW, events);
        String sql = "INSERT INTO crm_behavior (tenant_id, " + rows.names("") + ") SELECT ?, " + rows.names("r.")
                + " FROM " + rows.source() + " ON CONFLICT DO NOTHING RETURNING customer_id, source, event_id";
        List<Key> written = session.query(
                sql,
                statement -> rows.bind(new Bind(statement).text(tenant.value())),
                row -> new Key(row.getLong(1), row.getString(2), row.getString(3)));
        if (written.size() == events.size()) {
            return Map.of();
        }
        Set<Key> those = new HashSet<>(written);
        return kept(
                session,
                tenant,
                events.stream().filter(event -> !those.contains(Key.of(event))).toList());
    }

    @Override
    public Map<RecordedEvent, Long> kept(Session session, TenantId tenant, List<RecordedEvent> events) {
        Map<Key, RecordedEvent> byKey = new HashMap<>();
        events.forEach(event -> byKey.put(Key.of(event), event));
        var keys = new PostgresRows<>(KEY, events);
        Map<RecordedEvent, Long> known = new HashMap<>();
        // One by its key alone, which shows the one partition; of many each by the index, for a join is planned for the
        // table as it was when
        // the connection began.
        String these = events.size() == 1
                ? "b.customer_id, b.source, b.event_id, b.fingerprint FROM crm_behavior b WHERE b.customer_id = ?"
                        + " AND b.source = ? AND b.event_id = ? AND b.tenant_id = ?"
                : "r.customer_id, r.source, r.event_id, b.fingerprint FROM " + keys.source()
                        + " CROSS JOIN LATERAL (SELECT k.fingerprint FROM crm_behavior k WHERE k.tenant_id = ? AND"
                        + " k.customer_id = r.customer_id AND k.source = r.source AND k.event_id = r.event_id LIMIT 1) b";
        session.query(
                "SELECT " + these,
                statement -> {
                    Bind bind = new Bind(statement);
                    keys.bind(bind);
                    bind.text(tenant.value());
                },
                row -> known.put(
                        byKey.get(new Key(row.getLong(1), row.getString(2), row.getString(3))), row.getLong(4)));
        return known;
    }
}
