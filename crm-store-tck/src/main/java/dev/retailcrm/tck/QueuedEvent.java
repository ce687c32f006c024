package dev.retailcrm.tck;

import dev.retailcrm.core.event.DomainEvent;
import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event in the outbox. Its JSON is made when it is claimed. Immutable.
 *
 * @param tries how often it failed
 * @param waitUntil when it may be tried again; the epoch for at once
 * @param leaseUntil until when it is claimed; the epoch if it is not
 * @param error what it failed with last; {@code null} if it did not
 */
record QueuedEvent(
        long seq,
        @Nullable DomainEvent event,
        @Nullable EventEnvelope made,
        int tries,
        Instant waitUntil,
        Instant leaseUntil,
        boolean parked,
        @Nullable String error) {
    static QueuedEvent of(long seq, DomainEvent event) {
        return new QueuedEvent(seq, event, null, 0, Instant.EPOCH, Instant.EPOCH, false, null);
    }

    static QueuedEvent of(EventEnvelope made) {
        return new QueuedEvent(made.seq(), null, made, 0, Instant.EPOCH, Instant.EPOCH, false, null);
    }

    boolean waits(Instant now) {
        return waitUntil.isAfter(now);
    }

    boolean isLeased(Instant now) {
        return leaseUntil.isAfter(now);
    }

    QueuedEvent leased(Instant until) {
        return new QueuedEvent(seq, event, made, tries, waitUntil, until, parked, error);
    }

    QueuedEvent failed(int times, @Nullable Instant nextTry, String with) {
        Instant wait = nextTry == null ? Instant.EPOCH : nextTry;
        return new QueuedEvent(seq, event, made, times, wait, Instant.EPOCH, nextTry == null, with);
    }

    QueuedEvent released() {
        return new QueuedEvent(seq, event, made, 0, Instant.EPOCH, Instant.EPOCH, false, null);
    }

    EventEnvelope envelope(TenantId tenant, String source) {
        return made == null ? EventEnvelope.of(tenant, source, seq, Check.present(event, "event")) : made;
    }

    /** All of it as text. */
    String text(TenantId tenant, String source) {
        return envelope(tenant, source) + " tries " + tries + " waits " + waitUntil + " leased " + leaseUntil
                + " parked " + parked + " " + error;
    }
}
