package dev.retailcrm.core.behavior;

import com.google.common.collect.Lists;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.FactObserver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tells beforehand what {@link Behavior#recordAll} would do with events of customers, and writes nothing. Not thread-safe. */
public final class BehaviorRehearsal {
    private final TenantId tenant;
    private final BehaviorPorts ports;
    private final Predicate<BehaviorId> recurring;
    private final Map<BehaviorBatch.Key, Long> remembered = new HashMap<>();

    BehaviorRehearsal(TenantId tenant, BehaviorPorts ports, Predicate<BehaviorId> recurring) {
        this.tenant = tenant;
        this.ports = ports;
        this.recurring = recurring;
    }

    /**
     * What {@link Behavior#recordAll} would do with these events, had all before them been given to it. Three round trips for each
     * {@value Behavior#CHUNK}.
     *
     * @throws dev.retailcrm.core.kernel.CrmException {@link CoreError#INVALID_VALUE} as {@link Behavior#recordAll}, and for an event of a
     *     visitor, whom a rehearsal cannot make
     */
    public List<EventOutcome> recordAll(List<BehaviorEvent> events) {
        Behavior.requireBatch(events);
        if (events.stream().anyMatch(event -> event.customer() == null)) {
            throw CoreError.INVALID_VALUE.because("events of visitors cannot be rehearsed");
        }
        List<EventOutcome> outcomes = new ArrayList<>(events.size());
        for (List<BehaviorEvent> chunk : Lists.partition(events, Behavior.CHUNK)) {
            outcomes.addAll(ports.unitOfWork()
                    .read(() -> new BehaviorBatch(
                                    tenant,
                                    ports,
                                    FactObserver.NONE,
                                    List.copyOf(chunk),
                                    customers -> ports.store().standings(tenant, customers),
                                    this::kept)
                            .record()));
        }
        return outcomes;
    }

    private Map<RecordedEvent, Long> kept(List<RecordedEvent> rows) {
        Map<RecordedEvent, Long> kept = new HashMap<>(ports.store().kept(tenant, rows));
        for (RecordedEvent row : rows) {
            var key = BehaviorBatch.Key.of(row);
            Long before = remembered.get(key);
            if (before != null) {
                kept.put(row, before);
            } else if (recurring.test(row.id())) {
                remembered.put(key, kept.getOrDefault(row, row.fingerprint()));
            }
        }
        return kept;
    }
}
