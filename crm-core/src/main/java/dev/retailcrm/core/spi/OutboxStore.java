package dev.retailcrm.core.spi;

import dev.retailcrm.core.event.EventEnvelope;
import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.event.ParkedEvent;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps events until they are delivered. Thread-safe; every method joins the current transaction. Numbered rules are checked by
 * {@code OutboxStoreContract} under the same numbers.
 *
 * <p>Events come in by the {@code apply} of each store, not through this port. <b>[OS-1]</b> A command's events are kept if and only
 * if the command is committed. A <em>stream</em> is the events of one source of one customer; its <em>head</em> is its lowest number
 * that is neither delivered nor parked.
 */
public interface OutboxStore {
    /**
     * Claims streams and returns events from their heads on.
     *
     * <p><b>[OS-2]</b> At most {@code limit} events of customers after {@code after}, in {@link EventKey} order; of each stream
     * returned without leaving one out. <b>[OS-3]</b> Nothing of a stream whose head waits for a later instant or is leased: so
     * nothing overtakes. <b>[OS-4]</b> The streams returned are leased from the commit of this transaction; of two claims at the
     * same time at most one gets a stream. <b>[OS-5]</b> What is neither delivered nor failed at {@code leaseUntil} is claimed
     * again.
     */
    List<Claimed> claim(TenantId tenant, Claim claim);

    /** <b>[OS-6]</b> Removes these events; those that are gone already are passed over. */
    void delivered(TenantId tenant, List<EventKey> events);

    /**
     * Notes failures and ends their leases; those that are gone already are passed over. <b>[OS-7]</b> With a next try, the event
     * and its stream wait until that instant, inclusive. <b>[OS-8]</b> Without one the event is parked: it is not claimed again, and
     * its stream goes on.
     */
    void failed(TenantId tenant, List<Failure> failures);

    /** <b>[OS-9]</b> The parked events in {@link EventKey} order; the cursor is the last key shown. */
    Page<ParkedEvent> parked(TenantId tenant, PageRequest page);

    /**
     * <b>[OS-10]</b> Puts a parked event back as if it had never been tried, and returns whether there was one. What came after it
     * in its stream may have been delivered meanwhile.
     */
    boolean release(TenantId tenant, EventKey event);

    /**
     * Which events to claim.
     *
     * @param after claims of customers with greater ids; {@code null} to start with the first
     * @param limit the most events to return, 1 to 10,000
     * @param now a stream's head is due if its waiting time or lease ended at this instant or before
     * @param leaseUntil the end of the lease, after {@code now}
     */
    record Claim(@Nullable CustomerId after, int limit, Instant now, Instant leaseUntil) {
        /** Refuses a limit outside the range and a lease that does not last. */
        public Claim {
            Check.range(limit, 1, 10_000, "limit");
            if (!leaseUntil.isAfter(now)) {
                throw new IllegalArgumentException("a lease must end after it starts");
            }
        }
    }

    /**
     * An event to be delivered.
     *
     * @param tries how often that failed before
     */
    record Claimed(EventEnvelope event, int tries) {}

    /**
     * A delivery that failed.
     *
     * @param tries how often it failed, this time included
     * @param nextTry when to try again; {@code null} to park the event
     * @param error the exception's class, at most 200 characters; never its message, which may carry personal data
     */
    record Failure(EventKey event, int tries, @Nullable Instant nextTry, String error) {}
}
