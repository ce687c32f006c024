package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.Check;
import java.time.Instant;

/**
 * The end of the retention of one type: events that occurred before are neither taken, nor shown, nor counted, whether or not they are
 * deleted yet. Immutable.
 *
 * @param before exclusive, in milliseconds
 */
public record Retention(String type, Instant before) {
    /** Refuses what is missing. */
    public Retention {
        Check.present(type, "event type");
        Check.present(before, "end of a retention");
    }

    /** Whether an event of this instant is past it. */
    public boolean isPast(Instant occurredAt) {
        return occurredAt.isBefore(before);
    }
}
