package dev.retailcrm.tck;

import dev.retailcrm.core.event.EventKey;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.OutboxStore.Claim;
import dev.retailcrm.core.spi.OutboxStore.Claimed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What one transaction does to the outbox. Others claim none of the streams it claims, and see its changes once it is committed. */
final class OutboxChanges {
    private final InMemoryTransaction transaction;
    private final InMemoryDatabase database;
    private final Map<CustomerRows, Map<String, TreeMap<Long, Optional<QueuedEvent>>>> changes = new LinkedHashMap<>();
    private final Map<EventStream, CustomerRows> claimed = new LinkedHashMap<>();

    OutboxChanges(InMemoryTransaction transaction, InMemoryDatabase database) {
        this.transaction = transaction;
        this.database = database;
    }

    /** Claims what is due of a customer. */
    void claim(CustomerRows customer, TenantId tenant, Claim claim, List<Claimed> to) {
        synchronized (customer) {
            for (String source : sources(customer)) {
                EventStream stream = customer.stream(source);
                if (stream.claimer == null || stream.claimer == transaction) {
                    int before = to.size();
                    take(customer, tenant, source, claim, to);
                    if (to.size() > before) {
                        stream.claimer = transaction;
                        claimed.put(stream, customer);
                    }
                }
            }
        }
    }

    private void take(CustomerRows customer, TenantId tenant, String source, Claim claim, List<Claimed> to) {
        boolean head = true;
        for (QueuedEvent event : List.copyOf(first(customer, source, claim.limit() - to.size()))) {
            if (event.waits(claim.now()) || (head && event.isLeased(claim.now()))) {
                return;
            }
            head = false;
            to.add(new Claimed(event.envelope(tenant, source), event.tries()));
            note(customer, source, event.seq(), Optional.of(event.leased(claim.leaseUntil())));
        }
    }

    /** The first events of a stream to be delivered, as this transaction sees them. */
    private List<QueuedEvent> first(CustomerRows customer, String source, int limit) {
        if (!changes.containsKey(customer) && newEvents(customer, source).isEmpty()) {
            return customer.stream(source).queue().values().stream()
                    .limit(limit)
                    .toList();
        }
        return view(customer, source).values().stream()
                .filter(event -> !event.parked())
                .limit(limit)
                .toList();
    }

    /** Changes an event; false if there is none such. */
    boolean change(TenantId tenant, EventKey key, Function<QueuedEvent, Optional<QueuedEvent>> change) {
        return change(tenant, key, change, event -> true);
    }

    /** Changes an event that fulfils the condition; false if there is none such. */
    boolean change(
            TenantId tenant,
            EventKey key,
            Function<QueuedEvent, Optional<QueuedEvent>> change,
            Predicate<QueuedEvent> condition) {
        CustomerRows customer = database.tenant(tenant).find(key.customer());
        if (customer == null) {
            return false;
        }
        Optional<QueuedEvent> event = find(customer, key).filter(condition);
        event.ifPresent(found -> note(customer, key.source(), key.seq(), change.apply(found)));
        return event.isPresent();
    }

    private Optional<QueuedEvent> find(CustomerRows customer, EventKey key) {
        Map<Long, Optional<QueuedEvent>> mine =
                changes.getOrDefault(customer, Map.of()).get(key.source());
        if (mine != null && mine.containsKey(key.seq())) {
            return mine.getOrDefault(key.seq(), Optional.empty());
        }
        Optional<QueuedEvent> added = newEvents(customer, key.source()).stream()
                .filter(event -> event.seq() == key.seq())
                .findFirst();
        synchronized (customer) {
            return added.isPresent() ? added : customer.stream(key.source()).find(key.seq());
        }
    }

    private void note(CustomerRows customer, String source, long seq, Optional<QueuedEvent> now) {
        changes.computeIfAbsent(customer, absent -> new LinkedHashMap<>())
                .computeIfAbsent(source, absent -> new TreeMap<>())
                .put(seq, now);
    }

    /** The sources of a customer that have events, sorted. */
    SortedSet<String> sources(CustomerRows customer) {
        synchronized (customer) {
            var sources = new TreeSet<>(customer.sources());
            if (customer.isOwnedBy(transaction)) {
                customer.newEvents().forEach(added -> sources.add(added.source()));
            }
            return sources;
        }
    }

    /** All events of a stream as this transaction sees them, parked ones too. */
    NavigableMap<Long, QueuedEvent> view(CustomerRows customer, String source) {
        TreeMap<Long, QueuedEvent> all;
        synchronized (customer) {
            EventStream stream = customer.stream(source);
            all = new TreeMap<>(stream.queue());
            all.putAll(stream.parked());
        }
        newEvents(customer, source).forEach(event -> all.put(event.seq(), event));
        Map<Long, Optional<QueuedEvent>> mine =
                changes.getOrDefault(customer, Map.of()).getOrDefault(source, new TreeMap<>());
        mine.forEach((seq, change) -> change.ifPresentOrElse(event -> all.replace(seq, event), () -> all.remove(seq)));
        return all;
    }

    private List<QueuedEvent> newEvents(CustomerRows customer, String source) {
        if (!customer.isOwnedBy(transaction)) {
            return List.of();
        }
        List<QueuedEvent> added = new ArrayList<>();
        for (CustomerRows.NewEvent event : customer.newEvents()) {
            if (event.source().equals(source)) {
                added.add(event.event());
            }
        }
        return added;
    }

    /** The customers a listing has to look at; those whose events this transaction made are among them. */
    Iterable<CustomerRows> customers(TenantId tenant, @Nullable CustomerId from, boolean inclusive) {
        transaction.lockedCustomers().forEach(customer -> {
            synchronized (customer) {
                if (!customer.newEvents().isEmpty()) {
                    customer.list();
                }
            }
        });
        var rows = database.tenant(tenant).withEvents;
        return (from == null ? rows : rows.tailMap(from, inclusive)).values();
    }

    /** Makes the changes visible. */
    void publish() {
        changes.forEach((customer, streams) -> {
            synchronized (customer) {
                streams.forEach((source, change) -> customer.stream(source).patch(change));
                customer.unlistIfEmpty();
            }
        });
    }

    /** Lets others claim again what it claimed. */
    void end() {
        claimed.forEach((stream, customer) -> {
            synchronized (customer) {
                stream.claimer = null;
            }
        });
    }
}
