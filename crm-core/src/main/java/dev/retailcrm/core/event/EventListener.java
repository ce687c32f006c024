package dev.retailcrm.core.event;

/**
 * Receives events from an {@link EventRelay}, in the relay's thread. Implementations must be thread-safe if the relay is drained by
 * several threads, and must bear seeing an event again: delivery is at least once; {@link EventEnvelope#id()} tells repetitions.
 */
@FunctionalInterface
public interface EventListener {
    /**
     * Handles one event. Returning means done: the event is never delivered again to anybody, so a listener that hands on to
     * several receivers returns only when all have it.
     *
     * @throws Exception if it could not be handled: it is delivered again later, and what follows it in its stream waits
     */
    void on(EventEnvelope event) throws Exception;
}
