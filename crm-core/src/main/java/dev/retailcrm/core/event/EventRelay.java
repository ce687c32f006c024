package dev.retailcrm.core.event;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands the events of one tenant to a listener, at least once, within each stream of a customer in order. It starts no threads and
 * never sleeps: the host calls {@link #drain(int)} from a timer of its own, in as many threads and processes as it likes. Thread-safe.
 *
 * <p>An event whose listener throws is tried again after 2, 4, 8 … seconds and parked when it failed eight times; what follows it in
 * its stream waits till then, other streams go on. Parked events stay until they are put back.
 */
public final class EventRelay {
    private final TenantId tenant;
    private final OutboxStore outbox;
    private final UnitOfWork work;
    private final InstantSource clock;
    private final EventListener listener;
    private final RetryPolicy retries;
    private final Duration lease;
    private final Access access;

    /** The last customer of the drain before, so that customers with low ids do not starve the others. */
    private final AtomicReference<@Nullable CustomerId> after = new AtomicReference<>();

    private EventRelay(Builder settings, EventListener listener) {
        this.tenant = settings.tenant;
        this.outbox = settings.outbox;
        this.work = settings.work;
        this.clock = settings.clock;
        this.retries = new RetryPolicy(settings.maxTries, settings.firstDelay, settings.longestDelay);
        this.lease = settings.lease;
        this.listener = listener;
        this.access = Access.unrestricted();
    }

    private EventRelay(EventRelay same, Access access) {
        this.tenant = same.tenant;
        this.outbox = same.outbox;
        this.work = same.work;
        this.clock = same.clock;
        this.retries = same.retries;
        this.lease = same.lease;
        this.listener = same.listener;
        this.access = access;
    }

    /** A relay of the same events, as far as this access permits. */
    public EventRelay guardedBy(Access granted) {
        return new EventRelay(this, Check.present(granted, "access"));
    }

    /** Starts a relay of the tenant's events. */
    public static Builder builder(TenantId tenant, OutboxStore outbox, UnitOfWork work, InstantSource clock) {
        return new Builder(tenant, outbox, work, clock);
    }

    /**
     * Claims up to {@code limit} due events, delivers them, and removes what was delivered: two transactions, the listener is called
     * between them. Call it outside any transaction; within one the claimed rows stay locked while the listener works. An error or a
     * crash in between lets the events come again when their lease has ended. An interrupt ends the drain early.
     *
     * @param limit the most events to deliver, 1 to 10,000
     * @return what was done; all zero if nothing was due
     * @throws CrmException what the store throws; events delivered before come again
     */
    public Drained drain(int limit) {
        access.require(Right.OPERATE);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Instant leaseUntil = now.plus(lease);
        List<Claimed> events = work.run(() -> claim(limit, now, leaseUntil));
        if (events.isEmpty()) {
            return new Drained(0, 0, 0);
        }
        var delivery = new Delivery(listener, retries, clock, leaseUntil);
        delivery.deliver(events);
        return uninterrupted(() -> delivery.settle(tenant, outbox));
    }

    /** The events parked, in the order of their keys. One round trip. */
    public Page<ParkedEvent> parked(PageRequest page) {
        access.require(Right.OPERATE);
        Check.present(page, "page");
        return work.read(() -> outbox.parked(tenant, page));
    }

    /**
     * Puts a parked event back to be tried anew. It is delivered late: what followed it may have been delivered before. One round trip.
     *
     * @return false if no such event is parked
     */
    public boolean putBack(EventKey event) {
        access.require(Right.OPERATE);
        Check.present(event, "event");
        return work.run(() -> outbox.release(tenant, event));
    }

    private List<Claimed> claim(int limit, Instant now, Instant leaseUntil) {
        CustomerId start = after.get();
        List<Claimed> events = outbox.claim(tenant, new OutboxStore.Claim(start, limit, now, leaseUntil));
        if (events.isEmpty() && start != null) {
            events = outbox.claim(tenant, new OutboxStore.Claim(null, limit, now, leaseUntil));
        }
        boolean more = events.size() == limit;
        after.set(more ? events.get(limit - 1).event().customer() : null);
        return events;
    }

    /** Databases and pools drop what an interrupted thread asks for; what was delivered is to be removed all the same. */
    private Drained uninterrupted(Supplier<Drained> settling) {
        boolean interrupted = Thread.interrupted();
        try {
            return work.run(settling);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Settings of a relay. Not thread-safe. */
    public static final class Builder {
        private final TenantId tenant;
        private final OutboxStore outbox;
        private final UnitOfWork work;
        private final InstantSource clock;
        private int maxTries = RetryPolicy.DEFAULT.maxTries();
        private Duration firstDelay = RetryPolicy.DEFAULT.first();
        private Duration longestDelay = RetryPolicy.DEFAULT.longest();
        private Duration lease = Duration.ofMinutes(5);

        private Builder(TenantId tenant, OutboxStore outbox, UnitOfWork work, InstantSource clock) {
            this.tenant = Check.present(tenant, "tenant");
            this.outbox = Check.present(outbox, "outbox");
            this.work = Check.present(work, "unit of work");
            this.clock = Check.present(clock, "clock");
        }

        /** After how many failures an event is parked, 1 to 100. Default: 8. */
        public Builder maxTries(int tries) {
            maxTries = tries;
            return this;
        }

        /** How long to wait after the first failure, at least 1 ms; doubled after each further one. Default: 2 seconds. */
        public Builder firstDelay(Duration delay) {
            firstDelay = Check.present(delay, "delay");
            return this;
        }

        /** The longest wait, at most 30 days. Default: 15 minutes. */
        public Builder longestDelay(Duration delay) {
            longestDelay = Check.present(delay, "delay");
            return this;
        }

        /**
         * How long one drain may take, 1 second to 1 day; then it stops, and other relays may claim what it left. Default: 5 minutes.
         */
        public Builder lease(Duration duration) {
            if (Check.present(duration, "lease").toSeconds() < 1 || duration.toDays() > 1) {
                throw CoreError.INVALID_VALUE.because("a lease must last 1 second to 1 day");
            }
            lease = duration;
            return this;
        }

        /**
         * The relay to this listener.
         *
         * @throws CrmException {@link CoreError#INVALID_VALUE} if a setting is outside its range
         */
        public EventRelay to(EventListener listener) {
            return new EventRelay(this, Check.present(listener, "listener"));
        }
    }
}
