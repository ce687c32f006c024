package dev.retailcrm.tck;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The committed events of one source of one customer. Guarded by the monitor of its {@link CustomerRows}. */
final class EventStream {
    final String source;

    /** The transaction that claims it; nobody else claims it meanwhile. */
    @Nullable
    InMemoryTransaction claimer;

    /** Those nobody has looked at yet, ascending: appending must be quick. */
    private final ArrayDeque<QueuedEvent> fresh = new ArrayDeque<>();

    private final TreeMap<Long, QueuedEvent> queue = new TreeMap<>();
    private final TreeMap<Long, QueuedEvent> parked = new TreeMap<>();

    EventStream(String source) {
        this.source = source;
    }

    void append(QueuedEvent event) {
        fresh.addLast(event);
    }

    boolean isEmpty() {
        return fresh.isEmpty() && queue.isEmpty() && parked.isEmpty();
    }

    /** Those to be delivered, ascending. */
    NavigableMap<Long, QueuedEvent> queue() {
        for (QueuedEvent event = fresh.pollFirst(); event != null; event = fresh.pollFirst()) {
            queue.put(event.seq(), event);
        }
        return queue;
    }

    /** Those that are parked, ascending. */
    NavigableMap<Long, QueuedEvent> parked() {
        return parked;
    }

    Optional<QueuedEvent> find(long seq) {
        QueuedEvent waiting = queue().get(seq);
        return Optional.ofNullable(waiting == null ? parked.get(seq) : waiting);
    }

    /** Replaces events; those that became empty are removed, and unknown ones passed over. */
    void patch(Map<Long, Optional<QueuedEvent>> changes) {
        changes.forEach((seq, change) -> {
            if (find(seq).isPresent()) {
                queue.remove(seq);
                parked.remove(seq);
                change.ifPresent(event -> (event.parked() ? parked : queue).put(seq, event));
            }
        });
    }
}
