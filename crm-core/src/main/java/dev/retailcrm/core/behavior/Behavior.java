package dev.retailcrm.core.behavior;

import dev.retailcrm.core.access.Access;
import dev.retailcrm.core.access.Right;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Fingerprint;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.BehaviorPorts;
import dev.retailcrm.core.spi.BehaviorStore;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.core.spi.UnitOfWork;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the customers and visitors of one tenant do. Events may arrive late, in any order and more than once: timelines and statistics are
 * always those of the set of events that arrived. Commands join the host's transaction if there is one. Thread-safe.
 *
 * <p>Events past the retention of their type are neither taken, nor shown, nor counted, whether or not {@link #expire} deleted them yet.
 * Round trips are counted on PostgreSQL, without those that open and commit a transaction.
 */
public final class Behavior {
    /** The most events {@link #recordAll} writes in one transaction, and {@link #link} moves. */
    public static final int CHUNK = 5_000;

    /** The most events of one batch. */
    public static final int MAX_BATCH = 10_000;

    private final TenantId tenant;
    private final BehaviorPorts ports;
    private final BehaviorStore store;
    private final UnitOfWork work;
    private final Instants instants;
    private final FactObserver observer;
    private final Access access;

    /** The behaviour of a tenant. */
    public Behavior(TenantId tenant, BehaviorPorts ports) {
        this(tenant, ports, FactObserver.NONE, Access.unrestricted());
    }

    private Behavior(TenantId tenant, BehaviorPorts ports, FactObserver observer, Access access) {
        this.tenant = Check.present(tenant, "tenant");
        this.ports = Check.present(ports, "behaviour ports");
        this.store = ports.store();
        this.work = ports.unitOfWork();
        this.instants = new Instants(ports.clock());
        this.observer = observer;
        this.access = access;
    }

    /** The same behaviour, of which this is told as it is recorded. */
    public Behavior observedBy(FactObserver watcher) {
        return new Behavior(tenant, ports, Check.present(watcher, "observer"), access);
    }

    /** The same behaviour, as far as this access permits; what visitors do is for those who have a right for all customers. */
    public Behavior guardedBy(Access granted) {
        return new Behavior(tenant, ports, observer, Check.present(granted, "access"));
    }

    /**
     * Defines a type of events, or its next version. A version that is there with the same content is answered alike and writes nothing,
     * so every process may define its types as it starts. A next version keeps every property, its kind and all its values, and adds
     * optional ones; retention and retirement may change. Two round trips.
     *
     * @return the type as given
     * @throws CrmException {@link CoreError#BEHAVIOR_TYPE_INCOMPATIBLE}; {@link CoreError#VERSION_CONFLICT} if it is not the next version;
     *     {@link CoreError#REQUEST_KEY_REUSED} if this version was defined with other content
     */
    public BehaviorType define(BehaviorType type) {
        access.require(Right.DEFINE);
        Check.present(type, "event type");
        return work.run(() -> {
            BehaviorType latest = store.types(tenant, Set.of(type.name())).get(type.name());
            if (latest == null && type.version() != 1) {
                throw CoreError.VERSION_CONFLICT.because("versions of an event type are counted from 1");
            }
            if (latest != null && type.version() > latest.version()) {
                latest.requireFollowedBy(type);
            }
            boolean isNew = latest == null || type.version() > latest.version();
            if (isNew && store.define(tenant, type)) {
                return type;
            }
            if (store.version(tenant, type.name(), type.version())
                    .filter(type::equals)
                    .isEmpty()) {
                throw CoreError.REQUEST_KEY_REUSED.because(
                        "version %d of %s was defined with other content", type.version(), type.name());
            }
            return type;
        });
    }

    /** The latest versions of all types by name. One round trip. */
    public Page<BehaviorType> types(PageRequest page) {
        access.require(Right.READ_DEFINITIONS);
        String after = Check.present(page, "page").after();
        return Page.of(work.read(() -> store.types(tenant, after, page.size() + 1)), page.size(), BehaviorType::name);
    }

    /**
     * Records an event. An event of a visitor is recorded for the customer it was linked with at that instant, or else the first it was
     * linked with. Three round trips; one or two more for a visitor, one more for a repetition.
     *
     * @return whether it is new, or was recorded before with the same content
     * @throws CrmException {@link CoreError#UNKNOWN_BEHAVIOR_TYPE}; {@link CoreError#BEHAVIOR_TYPE_RETIRED};
     *     {@link CoreError#PROPERTY_MISMATCH}; {@link CoreError#BEHAVIOR_EXPIRED}; {@link CoreError#INSTANT_OUT_OF_RANGE};
     *     {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#REQUEST_KEY_REUSED} if the event's id
     *     was used for other content
     */
    public EventOutcome.Status record(BehaviorEvent event) {
        requireRecording(List.of(Check.present(event, "event")));
        EventOutcome outcome = recorded(List.of(event)).get(0);
        CrmException refusal = outcome.refusal();
        if (refusal != null) {
            throw refusal;
        }
        return outcome.status();
    }

    /**
     * Records events of many customers and visitors, {@value #CHUNK} a transaction, or all in the host's if there is one. Three round trips
     * a chunk if all are new and of customers, however many they are; one or two more if some are of visitors, one more if some are
     * repeated.
     *
     * @param events at most {@value #MAX_BATCH}
     * @return what became of each, in the order of the list; an event refused does not refuse the others
     * @throws CrmException {@link CoreError#INVALID_VALUE} if an event is missing or there are more, before anything is written
     */
    public List<EventOutcome> recordAll(List<BehaviorEvent> events) {
        requireBatch(events);
        requireRecording(events);
        List<EventOutcome> outcomes = new ArrayList<>(events.size());
        for (int from = 0; from < events.size(); from += CHUNK) {
            outcomes.addAll(recorded(events.subList(from, Math.min(from + CHUNK, events.size()))));
        }
        return outcomes;
    }

    static void requireBatch(List<BehaviorEvent> events) {
        Check.range(Check.present(events, "events").size(), 0, MAX_BATCH, "number of events");
        for (Object event : events) {
            Check.present(event, "event");
        }
    }

    /**
     * Starts a rehearsal of {@link #recordAll} for events of customers: it tells what would become of them, and writes nothing.
     *
     * @param recurring which ids it may be given again in another call: only these it remembers, in about a hundred bytes each
     */
    public BehaviorRehearsal rehearsal(Predicate<BehaviorId> recurring) {
        access.require(Right.RECORD_BEHAVIOR);
        return new BehaviorRehearsal(tenant, ports, Check.present(recurring, "recurring ids"));
    }

    private void requireRecording(List<BehaviorEvent> events) {
        if (events.stream().anyMatch(event -> event.customer() == null)) {
            access.require(Right.RECORD_BEHAVIOR);
        } else {
            access.requireEach(Right.RECORD_BEHAVIOR, events, event -> Check.present(event.customer(), "customer"));
        }
    }

    private List<EventOutcome> recorded(List<BehaviorEvent> events) {
        return work.run(() -> new BehaviorBatch(tenant, ports, observer, List.copyOf(events)).record());
    }

    /**
     * A visitor turned out to be a customer. If she is the first, all its events are moved to her, {@value #CHUNK} a transaction, or all
     * in the host's; its further events are recorded for her. If it was linked with somebody before, those events stay, and what occurs
     * from now on is hers. Interrupted, it goes on when it is repeated. Seven round trips, and four for a
     * chunk moved, with one more for each 500 events of it.
     *
     * @param key unique per visitor
     * @return since when it has been she: if it was already, that instant
     * @throws CrmException {@link CoreError#UNKNOWN_CUSTOMER}; {@link CoreError#CUSTOMER_ERASED}; {@link CoreError#TOO_MANY_LINKS};
     *     {@link CoreError#REQUEST_KEY_REUSED}
     */
    public VisitorLink link(Visitor visitor, CustomerId customer, RequestKey key) {
        access.require(Right.RECORD_BEHAVIOR, customer);
        String hash = Check.present(visitor, "visitor").hash();
        Check.present(key, "request key");
        Linked linked = work.run(() -> linked(hash, customer, key));
        while (work.run(() -> moved(linked.file()))) {
            // until nothing is left under the visitor's own id
        }
        return linked.answer();
    }

    /** A link, and what is known of its visitor. */
    private record Linked(VisitorLink answer, VisitorFile file) {}

    private Linked linked(String hash, CustomerId given, RequestKey key) {
        Map<CustomerId, Standing> standings = new HashMap<>();
        CustomerId customer = held(given, standings);
        Standing standing = standings.get(customer);
        if (store.visitor(tenant, hash).isEmpty()) {
            // To lock a visitor makes it, and a refusal writes nothing.
            BehaviorBatch.requireLiving(customer, standing);
        }
        VisitorFile before = Objects.requireNonNull(
                store.open(tenant, Map.of(hash, ports.ids().next())).get(hash));
        long content =
                Fingerprint.of("behavior.link").and(hash).and(given.value()).value();
        Optional<Booked> known = ports.requests().find(tenant, before.id(), key);
        if (known.isPresent()) {
            Booked booked = known.get();
            if (booked.fingerprint() != content) {
                throw CoreError.REQUEST_KEY_REUSED.because("the request key was used before for another link");
            }
            return new Linked(new VisitorLink(Instant.ofEpochMilli(Long.parseLong(booked.answer())), customer), before);
        }
        BehaviorBatch.requireLiving(customer, standing);
        VisitorFile after = before.linked(customer, instants.now());
        VisitorLink last = after.links().get(after.links().size() - 1);
        var booked = new Booked(content, Long.toString(last.since().toEpochMilli()));
        if (!store.link(tenant, hash, after, key, booked)) {
            throw CoreError.STORE_FAILED.because("the store names a request as booked and does not find it");
        }
        return new Linked(last, after);
    }

    /** Who a customer is by now, and is until the transaction ends. */
    private CustomerId held(CustomerId customer, Map<CustomerId, Standing> standings) {
        return Survivors.of(
                        Set.of(customer),
                        asked -> {
                            Map<CustomerId, Standing> found = store.hold(tenant, asked);
                            standings.putAll(found);
                            return found;
                        },
                        Standing::mergedInto)
                .getOrDefault(customer, customer);
    }

    /** Moves a chunk from the visitor to the first customer it was linked with; false if that was the last. */
    private boolean moved(VisitorFile visitor) {
        CustomerId linked = visitor.firstCustomer().orElse(null);
        if (linked == null) {
            return false;
        }
        List<RecordedEvent> events = store.timeline(tenant, TimelineQuery.of(visitor.id()), List.of(), null, CHUNK);
        if (!events.isEmpty()) {
            Set<FactTopic> topics =
                    events.stream().map(it -> FactTopic.behavior(it.type())).collect(Collectors.toSet());
            boolean awaited = observer.awaits(tenant, Set.of(linked), topics);
            CustomerId first = held(linked, new HashMap<>());
            move(visitor, events, first);
            if (awaited) {
                observer.written(tenant, Set.of(first), topics, instants.now());
            }
        }
        return events.size() == CHUNK;
    }

    private void move(VisitorFile visitor, List<RecordedEvent> events, CustomerId first) {
        store.record(
                tenant,
                events.stream()
                        .map(event -> event.ownedBy(first))
                        .sorted(Comparator.comparing(RecordedEvent::id))
                        .toList());
        store.remove(
                tenant, visitor.id(), events.stream().map(RecordedEvent::id).toList());
    }

    /** What is known of a visitor; empty if it was never seen. One round trip. */
    public Optional<VisitorFile> visitor(Visitor visitor) {
        access.require(Right.READ_BEHAVIOR);
        String hash = Check.present(visitor, "visitor").hash();
        return work.read(() -> store.visitor(tenant, hash));
    }

    /** How often she did what, by event type; also for a visitor by its own id. Two round trips, one more if she did nothing. */
    public List<BehaviorStatistics> statistics(CustomerId customer) {
        access.require(Right.READ_BEHAVIOR, customer);
        return work.read(() -> {
            List<BehaviorStatistics> found = store.statistics(tenant, customer, retentions());
            CustomerId survivor = found.isEmpty() ? current(customer) : customer;
            return survivor.equals(customer) ? found : store.statistics(tenant, survivor, retentions());
        });
    }

    /**
     * What she did, the latest first by when it occurred; also for a visitor by its own id. Two round trips.
     *
     * @throws CrmException {@link CoreError#INVALID_CURSOR}
     */
    public Page<RecordedEvent> timeline(TimelineQuery query, PageRequest page) {
        access.require(Right.READ_BEHAVIOR, Check.present(query, "query").owner());
        String cursor = Check.present(page, "page").after();
        TimelinePosition before = cursor == null ? null : TimelinePosition.parse(cursor);
        List<RecordedEvent> found = work.read(() -> timeline(query, before, page.size() + 1));
        return Page.of(found, page.size(), last -> last.position().toString());
    }

    /**
     * Deletes events past their retention, a page of customers and visitors in one transaction. Repeat with
     * {@link ExpiryProgress#cursor()} until it is {@linkplain ExpiryProgress#isDone() done}; it may be stopped between any two pages. Three
     * round trips.
     *
     * @param after only owners with greater ids; {@code null} to start
     * @param limit the most customers and visitors, 1 to 10,000
     */
    public ExpiryProgress expire(@Nullable CustomerId after, int limit) {
        access.require(Right.OPERATE);
        Check.range(limit, 1, 10_000, "limit");
        return work.run(() -> {
            List<Retention> retentions = retentions();
            return retentions.isEmpty() ? new ExpiryProgress(0, null) : store.expire(tenant, retentions, after, limit);
        });
    }

    /**
     * Deletes what a customer did, and that she was any visitor; a page in one transaction. {@code Privacy.erase} does so by itself; meant for visitors: events
     * that are delivered again are recorded again. Repeat until the answer is {@code false}; it may be stopped between any two
     * pages. Three round trips, three for each visitor, and one more for each 500 events.
     *
     * @param customer also a visitor, by its own id
     * @param limit the most events, and the most visitors, 1 to 10,000
     * @return whether something may be left
     */
    public boolean forget(CustomerId customer, int limit) {
        access.require(Right.ERASE_CUSTOMER, customer);
        Check.range(limit, 1, 10_000, "limit");
        return work.run(() ->
                !new BehaviorPrivacy(ports).forget(tenant, customer, limit).done());
    }

    private List<RecordedEvent> timeline(TimelineQuery query, @Nullable TimelinePosition before, int limit) {
        List<RecordedEvent> found = store.timeline(tenant, query, retentions(), before, limit);
        CustomerId survivor = found.isEmpty() ? current(query.owner()) : query.owner();
        return survivor.equals(query.owner())
                ? found
                : store.timeline(tenant, query.by(survivor), retentions(), before, limit);
    }

    /** The customer she is by now, if she was merged. */
    private CustomerId current(CustomerId customer) {
        return Survivors.of(Set.of(customer), asked -> store.standings(tenant, asked), Standing::mergedInto)
                .getOrDefault(customer, customer);
    }

    private List<Retention> retentions() {
        Instant now = instants.now();
        return store.expiring(tenant).stream()
                .flatMap(type -> type.retention(now).stream())
                .toList();
    }
}
