package dev.retailcrm.core.behavior;

import dev.retailcrm.core.customer.CustomerStatus;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.FactObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records the events of one transaction, or tries: what is wrong with an event is its own outcome. Used once, by one thread. */
final class BehaviorBatch {
    private static final Comparator<RecordedEvent> BY_KEY =
            Comparator.comparing(RecordedEvent::owner).thenComparing(RecordedEvent::id);

    private final TenantId tenant;
    private final BehaviorPorts ports;
    private final List<BehaviorEvent> events;
    private final @Nullable EventOutcome[] outcomes;
    private final Instant now;
    private final Instants instants;
    private final Function<Set<CustomerId>, Map<CustomerId, Standing>> standing;
    private final Function<List<RecordedEvent>, Map<RecordedEvent, Long>> keeping;
    private final FactObserver observer;
    private boolean awaited;

    /** Keeps events. No customer of theirs is merged meanwhile: who is being merged is waited for, and followed. */
    BehaviorBatch(TenantId tenant, BehaviorPorts ports, FactObserver observer, List<BehaviorEvent> events) {
        this(
                tenant,
                ports,
                observer,
                events,
                customers -> ports.store().hold(tenant, customers),
                rows -> ports.store().record(tenant, rows));
    }

    /** With another way of finding customers, and of keeping events, which answers as {@code BehaviorStore.record} does. */
    BehaviorBatch(
            TenantId tenant,
            BehaviorPorts ports,
            FactObserver observer,
            List<BehaviorEvent> events,
            Function<Set<CustomerId>, Map<CustomerId, Standing>> standing,
            Function<List<RecordedEvent>, Map<RecordedEvent, Long>> keeping) {
        this.tenant = tenant;
        this.ports = ports;
        this.observer = observer;
        this.events = events;
        this.outcomes = new EventOutcome[events.size()];
        this.instants = new Instants(ports.clock());
        this.now = instants.now();
        this.standing = standing;
        this.keeping = keeping;
    }

    List<EventOutcome> record() {
        admit();
        write(recordings());
        List<EventOutcome> all = new ArrayList<>(outcomes.length);
        for (EventOutcome outcome : outcomes) {
            all.add(Objects.requireNonNull(outcome));
        }
        return all;
    }

    /** Refuses those that are no events of their types. */
    private void admit() {
        Set<String> names = events.stream().map(BehaviorEvent::type).collect(Collectors.toSet());
        Map<String, BehaviorType> types = ports.store().types(tenant, names);
        for (int i = 0; i < outcomes.length; i++) {
            BehaviorEvent event = events.get(i);
            attempt(i, () -> {
                instants.orNow(event.occurredAt());
                BehaviorType type = types.get(event.type());
                if (type == null) {
                    throw CoreError.UNKNOWN_BEHAVIOR_TYPE.because("there is no event type %s", event.type());
                }
                type.admit(event, now);
            });
        }
    }

    /** The events that are still to be recorded, each with its owner; {@code null} in the place of others. */
    private @Nullable RecordedEvent[] recordings() {
        Map<String, VisitorFile> files = visitors();
        @Nullable RecordedEvent[] recordings = new RecordedEvent[outcomes.length];
        Set<CustomerId> customers = new HashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            BehaviorEvent event = events.get(i);
            if (outcomes[i] == null) {
                CustomerId owner = event.customer();
                VisitorFile file = event.visitor() == null
                        ? null
                        : files.get(event.visitor().hash());
                CustomerId of = file == null ? Objects.requireNonNull(owner) : file.ownerAt(event.occurredAt());
                if (file == null || !of.equals(file.id())) {
                    customers.add(of);
                }
                recordings[i] = RecordedEvent.of(event, of, now);
            }
        }
        refuseStrangers(recordings, customers);
        return recordings;
    }

    private Map<String, VisitorFile> visitors() {
        Map<String, CustomerId> proposed = new TreeMap<>();
        for (int i = 0; i < outcomes.length; i++) {
            Visitor visitor = events.get(i).visitor();
            if (outcomes[i] == null && visitor != null) {
                proposed.computeIfAbsent(visitor.hash(), absent -> ports.ids().next());
            }
        }
        return proposed.isEmpty() ? Map.of() : ports.store().open(tenant, proposed);
    }

    private Set<FactTopic> topics() {
        Set<FactTopic> topics = new HashSet<>();
        for (int i = 0; i < outcomes.length; i++) {
            if (outcomes[i] == null) {
                topics.add(FactTopic.behavior(events.get(i).type()));
            }
        }
        return topics;
    }

    private void refuseStrangers(@Nullable RecordedEvent[] recordings, Set<CustomerId> customers) {
        Map<CustomerId, Standing> standings = new HashMap<>();
        Map<CustomerId, CustomerId> current = Survivors.of(
                customers,
                asked -> {
                    awaited |= observer.awaits(tenant, asked, topics());
                    Map<CustomerId, Standing> found = standing.apply(asked);
                    standings.putAll(found);
                    return found;
                },
                Standing::mergedInto);
        for (int i = 0; i < recordings.length; i++) {
            RecordedEvent recording = recordings[i];
            if (recording != null && customers.contains(recording.owner())) {
                // What a merged customer does is what the survivor does.
                CustomerId owner = current.getOrDefault(recording.owner(), recording.owner());
                attempt(i, () -> requireLiving(owner, standings.get(owner)));
                recordings[i] = outcomes[i] == null ? recording.ownedBy(owner) : null;
            }
        }
    }

    static void requireLiving(CustomerId customer, @Nullable Standing standing) {
        if (standing == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        if (standing.status() == CustomerStatus.ERASED) {
            throw CoreError.CUSTOMER_ERASED.because("customer %s was erased", customer);
        }
    }

    /** An event by what it is kept under. */
    record Key(CustomerId owner, BehaviorId id) {
        static Key of(RecordedEvent event) {
            return new Key(event.owner(), event.id());
        }
    }

    /** Of several events of one key in the batch the first is written, and the others are compared with it. */
    private void write(@Nullable RecordedEvent[] recordings) {
        Map<Key, Integer> first = new HashMap<>();
        List<RecordedEvent> rows = new ArrayList<>(recordings.length);
        for (int i = 0; i < recordings.length; i++) {
            RecordedEvent recording = recordings[i];
            if (recording != null && first.putIfAbsent(Key.of(recording), i) == null) {
                rows.add(recording);
            }
        }
        rows.sort(BY_KEY);
        Map<RecordedEvent, Long> known = rows.isEmpty() ? Map.of() : keeping.apply(rows);
        for (int i = 0; i < recordings.length; i++) {
            RecordedEvent recording = recordings[i];
            if (recording != null) {
                int index = Objects.requireNonNull(first.get(Key.of(recording)));
                RecordedEvent row = Objects.requireNonNull(recordings[index]);
                long kept = known.getOrDefault(row, row.fingerprint());
                outcomes[i] = index == i && !known.containsKey(row) ? EventOutcome.RECORDED : repeated(recording, kept);
            }
        }
        tell(recordings);
    }

    /** Of what is new. What is still the visitors' is told too, and of no customer. */
    private void tell(@Nullable RecordedEvent[] recordings) {
        if (!awaited) {
            return;
        }
        Set<CustomerId> customers = new HashSet<>();
        Set<FactTopic> topics = new HashSet<>();
        for (int i = 0; i < recordings.length; i++) {
            RecordedEvent recording = recordings[i];
            if (recording != null && EventOutcome.RECORDED.equals(outcomes[i])) {
                customers.add(recording.owner());
                topics.add(FactTopic.behavior(recording.type()));
            }
        }
        if (!customers.isEmpty()) {
            observer.written(tenant, customers, topics, now);
        }
    }

    private static EventOutcome repeated(RecordedEvent given, long kept) {
        return given.fingerprint() == kept
                ? EventOutcome.REPEATED
                : EventOutcome.refused(
                        CoreError.REQUEST_KEY_REUSED.because("the event's id was used before for another event"));
    }

    private void attempt(int index, Runnable check) {
        try {
            check.run();
        } catch (CrmException refusal) {
            outcomes[index] = EventOutcome.refused(refusal);
        }
    }
}
