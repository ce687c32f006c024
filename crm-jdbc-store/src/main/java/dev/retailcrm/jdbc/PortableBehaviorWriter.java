package dev.retailcrm.jdbc;

import static dev.retailcrm.jdbc.schema.Tables.CRM_BEHAVIOR;
import static org.jooq.impl.DSL.row;

import com.google.common.collect.Lists;
import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Record4;
import org.jooq.Result;
import org.jooq.SelectConditionStep;

/**
 * Asks which events are there, and inserts the others, {@value #ROWS} a statement. If another transaction kept one of them meanwhile, the
 * statement writes none, and they are inserted one by one.
 */
final class PortableBehaviorWriter implements BehaviorWriter {
    private static final int ROWS = 200;

    /** With pauses of up to 20 ms: about two seconds, the time that H2 waits for a lock. */
    private static final int ATTEMPTS = 100;

    private static final int LONGEST_PAUSE_MILLIS = 20;

    /** What an event is kept under. */
    private record Key(CustomerId owner, BehaviorId id) {
        static Key of(RecordedEvent event) {
            return new Key(event.owner(), event.id());
        }
    }

    @Override
    public Map<RecordedEvent, Long> record(Session session, TenantId tenant, List<RecordedEvent> events) {
        Map<RecordedEvent, Long> known = new HashMap<>();
        for (List<RecordedEvent> part : Lists.partition(events, ROWS)) {
            Map<RecordedEvent, Long> these = known(session, tenant, part, false);
            List<RecordedEvent> others =
                    part.stream().filter(event -> !these.containsKey(event)).toList();
            known.putAll(these);
            if (!others.isEmpty() && insert(session, tenant, others) == 0) {
                for (RecordedEvent event : others) {
                    insertOrFind(session, tenant, event, known);
                }
            }
        }
        return known;
    }

    @Override
    public Map<RecordedEvent, Long> kept(Session session, TenantId tenant, List<RecordedEvent> events) {
        Map<RecordedEvent, Long> kept = new HashMap<>();
        Lists.partition(events, ROWS).forEach(part -> kept.putAll(known(session, tenant, part, false)));
        return kept;
    }

    /**
     * Inserts an event that another transaction may be keeping. H2 (2.5.252) answers at times with a duplicate whose row is not committed
     * and may yet be rolled back: then it is not found, and inserted again.
     */
    private static void insertOrFind(
            Session session, TenantId tenant, RecordedEvent event, Map<RecordedEvent, Long> known) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (insert(session, tenant, List.of(event)) == 1) {
                return;
            }
            Map<RecordedEvent, Long> found = known(session, tenant, List.of(event), true);
            if (!found.isEmpty()) {
                known.putAll(found);
                return;
            }
            Pause.millis(Math.min(attempt, LONGEST_PAUSE_MILLIS));
        }
        throw CoreError.LOCK_TIMEOUT.because("another transaction keeps the event and does not end");
    }

    private static int insert(Session session, TenantId tenant, List<RecordedEvent> events) {
        var insert = session.dsl().insertQuery(CRM_BEHAVIOR);
        for (RecordedEvent event : events) {
            insert.newRecord();
            insert.addValue(CRM_BEHAVIOR.TENANT_ID, tenant.value());
            insert.addValue(CRM_BEHAVIOR.CUSTOMER_ID, event.owner().value());
            insert.addValue(CRM_BEHAVIOR.SOURCE, event.id().source());
            insert.addValue(CRM_BEHAVIOR.EVENT_ID, event.id().value());
            insert.addValue(CRM_BEHAVIOR.TYPE, event.type());
            insert.addValue(CRM_BEHAVIOR.OCCURRED_MS, event.occurredAt().toEpochMilli());
            insert.addValue(CRM_BEHAVIOR.RECEIVED_MS, event.receivedAt().toEpochMilli());
            insert.addValue(CRM_BEHAVIOR.CHANNEL, event.channel());
            insert.addValue(
                    CRM_BEHAVIOR.STORE_ID,
                    event.store() == null ? null : event.store().value());
            insert.addValue(CRM_BEHAVIOR.PROPERTIES, event.json());
            insert.addValue(CRM_BEHAVIOR.FINGERPRINT, event.fingerprint());
        }
        return Inserts.unlessPresent(session, insert);
    }

    /** The tenant is part of each row, because H2 uses the index only for a list of whole keys. */
    private static Map<RecordedEvent, Long> known(
            Session session, TenantId tenant, List<RecordedEvent> events, boolean fresh) {
        Map<Key, RecordedEvent> byKey = new HashMap<>();
        events.forEach(event -> byKey.put(Key.of(event), event));
        var query = session.dsl()
                .select(CRM_BEHAVIOR.CUSTOMER_ID, CRM_BEHAVIOR.SOURCE, CRM_BEHAVIOR.EVENT_ID, CRM_BEHAVIOR.FINGERPRINT)
                .from(CRM_BEHAVIOR)
                .where(row(CRM_BEHAVIOR.TENANT_ID, CRM_BEHAVIOR.CUSTOMER_ID, CRM_BEHAVIOR.SOURCE, CRM_BEHAVIOR.EVENT_ID)
                        .in(events.stream()
                                .map(event -> row(
                                        tenant.value(),
                                        event.owner().value(),
                                        event.id().source(),
                                        event.id().value()))
                                .toList()));
        Map<RecordedEvent, Long> known = new HashMap<>();
        for (var found : fetch(session, query, fresh)) {
            var key = new Key(CustomerId.of(found.value1()), BehaviorId.of(found.value2(), found.value3()));
            known.put(byKey.get(key), found.value4());
        }
        return known;
    }

    /** On MariaDB a plain read may be as old as the host's transaction; a locking one is not. */
    private static Result<Record4<Long, String, String, Long>> fetch(
            Session session, SelectConditionStep<Record4<Long, String, String, Long>> query, boolean fresh) {
        return fresh && session.engine() == Engine.MARIADB ? query.forShare().fetch() : query.fetch();
    }
}
