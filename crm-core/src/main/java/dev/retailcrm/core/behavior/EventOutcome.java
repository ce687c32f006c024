package dev.retailcrm.core.behavior;

import dev.retailcrm.core.kernel.CrmException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one event of a batch. Immutable.
 *
 * @param refusal why it was refused; {@code null} if it is kept
 */
public record EventOutcome(Status status, @Nullable CrmException refusal) {
    /** What can become of an event. */
    public enum Status {
        /** It is kept by this command. */
        RECORDED,
        /** It was kept before, with the same content. */
        REPEATED,
        /** It is not kept. */
        REFUSED
    }

    static final EventOutcome RECORDED = new EventOutcome(Status.RECORDED, null);
    static final EventOutcome REPEATED = new EventOutcome(Status.REPEATED, null);

    static EventOutcome refused(CrmException refusal) {
        return new EventOutcome(Status.REFUSED, refusal);
    }

    /** Whether the event is kept, by this command or an earlier one. */
    public boolean isKept() {
        return status != Status.REFUSED;
    }
}
