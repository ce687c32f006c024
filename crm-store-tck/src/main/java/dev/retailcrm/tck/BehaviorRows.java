package dev.retailcrm.tck;

import dev.retailcrm.core.behavior.BehaviorId;
import dev.retailcrm.core.behavior.BehaviorStatistics;
import dev.retailcrm.core.behavior.RecordedEvent;
import dev.retailcrm.core.behavior.Retention;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** All events of one owner by id. Immutable. */
record BehaviorRows(SortedMap<BehaviorId, RecordedEvent> events) {
    static final BehaviorRows NONE = new BehaviorRows(new TreeMap<>());

    BehaviorRows {
        events = Collections.unmodifiableSortedMap(events);
    }

    BehaviorRows with(RecordedEvent event) {
        SortedMap<BehaviorId, RecordedEvent> more = new TreeMap<>(events);
        more.put(event.id(), event);
        return new BehaviorRows(more);
    }

    BehaviorRows without(Collection<BehaviorId> ids) {
        SortedMap<BehaviorId, RecordedEvent> less = new TreeMap<>(events);
        less.keySet().removeAll(ids);
        return new BehaviorRows(less);
    }

    static Predicate<RecordedEvent> isPast(List<Retention> retentions) {
        return event ->
                retentions.stream().anyMatch(it -> it.type().equals(event.type()) && it.isPast(event.occurredAt()));
    }

    List<BehaviorStatistics> statistics(List<Retention> retentions) {
        SortedMap<String, List<Instant>> byType = events.values().stream()
                .filter(isPast(retentions).negate())
                .collect(Collectors.groupingBy(
                        RecordedEvent::type,
                        TreeMap::new,
                        Collectors.mapping(RecordedEvent::occurredAt, Collectors.toList())));
        return byType.entrySet().stream()
                .map(it -> new BehaviorStatistics(
                        it.getKey(),
                        it.getValue().size(),
                        Collections.min(it.getValue()),
                        Collections.max(it.getValue())))
                .toList();
    }

    List<RecordedEvent> latestFirst(Predicate<RecordedEvent> wanted, int limit) {
        return events.values().stream()
                .filter(wanted)
                .sorted(Comparator.comparing(RecordedEvent::position).reversed())
                .limit(limit)
                .toList();
    }

    /** Everything, properties too: a row of a dump. */
    @Override
    public String toString() {
        return "BehaviorRows"
                + events.values().stream()
                        .map(event -> event + " " + event.json())
                        .toList();
    }
}
