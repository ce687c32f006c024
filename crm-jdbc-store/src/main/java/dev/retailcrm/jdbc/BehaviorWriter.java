package dev.retailcrm.jdbc;

import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.kernel.TenantId;
import java.util.List;
import java.util.Map;

/** Keeps events that are not known, each engine in its best shape. Thread-safe. */
interface BehaviorWriter {
    /** The events that are known, with the fingerprints of those kept. */
    Map<RecordedEvent, Long> record(Session session, TenantId tenant, List<RecordedEvent> events);

    /** The fingerprints of those events that are kept. */
    Map<RecordedEvent, Long> kept(Session session, TenantId tenant, List<RecordedEvent> events);

    static BehaviorWriter on(Settings settings) {
        return settings.engine() == Engine.POSTGRESQL ? new PostgresBehaviorWriter() : new PortableBehaviorWriter();
    }
}
