package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import java.util.List;

/**
 * What became of a customer's stage. Immutable.
 *
 * @param after as it is to be kept
 * @param isFirst whether nothing was kept of her stage before
 * @param events one for each stage she came to, numbered up to {@link StageSnapshot#eventSeq()} of {@code after}; none if only the steps
 *     ahead changed
 */
public record StageChange(StageSnapshot after, boolean isFirst, List<EventEnvelope> events) {
    /** Copies the list. */
    public StageChange {
        events = List.copyOf(events);
    }
}
