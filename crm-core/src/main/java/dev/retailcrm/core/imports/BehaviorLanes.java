package dev.retailcrm.core.imports;

import dev.retailcrm.core.behavior.Behavior;
import dev.retailcrm.core.behavior.BehaviorEvent;
import dev.retailcrm.core.behavior.EventOutcome;
import dev.retailcrm.core.customer.Customers;
import dev.retailcrm.core.imports.NamedLane.Draft;
import dev.retailcrm.core.imports.NamedLane.Tried;
import dev.retailcrm.core.kernel.CoreError;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Events, from their records to their batches. Immutable. */
record BehaviorLanes(Customers customers, Behavior behavior, ZoneId zone, ImportFile file, ImportRun run) {
    Lane<?> events(BehaviorMapping mapping) throws IOException {
        CompositeNumber ids = mapping.requireComplete(file);
        Function<List<BehaviorEvent>, List<EventOutcome>> command;
        if (run.dry()) {
            Recurring repeated = Recurring.in(
                    file, mapping.columns(), record -> ids.isLine() ? RecordKey.hash(record) : ids.find(record), false);
            command = behavior.rehearsal(id -> repeated.contains(id.value()))::recordAll;
        } else {
            command = behavior::recordAll;
        }
        return new NamedLane<>(
                customers,
                mapping.customer(),
                mapping.columns(),
                Behavior.CHUNK,
                Map.of(
                        CoreError.REQUEST_KEY_REUSED,
                        ids.column(),
                        CoreError.UNKNOWN_BEHAVIOR_TYPE,
                        mapping.typeColumn(),
                        CoreError.BEHAVIOR_TYPE_RETIRED,
                        mapping.typeColumn(),
                        CoreError.BEHAVIOR_EXPIRED,
                        mapping.instantColumn(),
                        CoreError.INSTANT_OUT_OF_RANGE,
                        mapping.instantColumn()),
                Gatherer.ofEach(record -> mapping.event(record, ids, customers, zone), Draft::parts),
                events -> command.apply(events).stream()
                        .map(it -> new Tried(it.status() == EventOutcome.Status.REPEATED, it.refusal()))
                        .toList());
    }
}
