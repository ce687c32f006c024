package dev.retailcrm.core.event;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import dev.retailcrm.core.spi.OutboxStore.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One drain: hands claimed events to the listener and remembers how that went. Belongs to one thread. */
final class Delivery {
    private final EventListener listener;
    private final RetryPolicy retries;
    private final InstantSource clock;
    private final Instant leaseUntil;
    private final List<EventKey> delivered = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();

    Delivery(EventListener listener, RetryPolicy retries, InstantSource clock, Instant leaseUntil) {
        this.listener = listener;
        this.retries = retries;
        this.clock = clock;
        this.leaseUntil = leaseUntil;
    }

    /** Delivers in the order given until the lease ends; after a failure nothing more of that stream. */
    void deliver(List<Claimed> events) {
        EventKey failed = null;
        for (Claimed claimed : events) {
            if (!clock.instant().isBefore(leaseUntil) || Thread.currentThread().isInterrupted()) {
                return;
            }
            EventKey key = claimed.event().key();
            if (!sameStream(failed, key)) {
                failed = deliver(claimed) ? null : key;
            }
        }
    }

    Drained settle(TenantId tenant, OutboxStore outbox) {
        if (!delivered.isEmpty()) {
            outbox.delivered(tenant, delivered);
        }
        if (!failures.isEmpty()) {
            outbox.failed(tenant, failures);
        }
        int parked = (int) failures.stream().filter(it -> it.nextTry() == null).count();
        return new Drained(delivered.size(), failures.size() - parked, parked);
    }

    private boolean deliver(Claimed claimed) {
        EventKey key = claimed.event().key();
        try {
            listener.on(claimed.event());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (Exception e) {
            int tries = claimed.tries() + 1;
            Optional<Instant> next = retries.next(tries, clock.instant());
            failures.add(new Failure(key, tries, next.orElse(null), nameOf(e)));
            return false;
        }
        delivered.add(key);
        return true;
    }

    private static String nameOf(Exception e) {
        String name = e.getClass().getName();
        return name.length() <= 200 ? name : name.substring(0, 200);
    }

    private static boolean sameStream(@Nullable EventKey failed, EventKey key) {
        return failed != null
                && failed.customer().equals(key.customer())
                && failed.source().equals(key.source());
    }
}
