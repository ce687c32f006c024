package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Instants;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.FactTopic;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagSnapshot;
import dev.retailcrm.tags.spi.TagStore;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Runs commands about the tags of one customer: locks, decides and writes. Thread-safe. */
final class TagBooks {
    private final TenantId tenant;
    private final TagPorts ports;
    private final FactObserver observer;
    private final Instants instants;

    TagBooks(TenantId tenant, TagPorts ports, FactObserver observer) {
        this.tenant = tenant;
        this.ports = ports;
        this.observer = observer;
        this.instants = new Instants(ports.clock());
    }

    /** The entries of a command, or of its first run if it is repeated. */
    List<TagEntry> change(CustomerId customer, TagRequest request, Function<TagFile, TagDraft> command) {
        Check.present(customer, "customer");
        return ports.unitOfWork()
                .run(() -> Survivors.follow(customer, current -> book(lock(current), request, command)));
    }

    /** Whether the key is booked is asked only when deciding or writing fails: it seldom is. */
    private List<TagEntry> book(TagSnapshot before, TagRequest request, Function<TagFile, TagDraft> command) {
        TagChange change;
        try {
            TagCatalog catalog = ports.store().catalog(tenant);
            TagDraft draft = command.apply(new TagFile(before, catalog));
            new TagLimits(tenant, ports.store(), catalog).take(draft);
            change = draft.change(request);
        } catch (CrmException refusal) {
            return repeated(before.customer(), request).orElseThrow(() -> refusal);
        }
        if (write(observer, List.of(change), instants.now(), () -> ports.store().apply(change))) {
            return change.entries();
        }
        return repeated(before.customer(), request)
                .orElseThrow(() ->
                        CoreError.STORE_FAILED.because("the store names a request as booked and does not find it"));
    }

    /** Writes what becomes of customers who are locked, whether it was written, and tells of it. */
    static boolean write(FactObserver observer, List<TagChange> changes, Instant now, BooleanSupplier writing) {
        Set<CustomerId> customers = new TreeSet<>();
        Set<FactTopic> topics = new HashSet<>();
        for (TagChange change : changes) {
            for (TagEntry entry : change.entries()) {
                customers.add(change.customer());
                topics.add(FactTopic.tag(entry.tag()));
            }
        }
        boolean awaited = !topics.isEmpty() && observer.awaits(changes.get(0).tenant(), customers, topics);
        boolean written = writing.getAsBoolean();
        if (awaited && written) {
            observer.written(changes.get(0).tenant(), customers, topics, now);
        }
        return written;
    }

    /** The same of many. */
    static void writeAll(FactObserver observer, List<TagChange> changes, Instant now, TagStore store) {
        write(observer, changes, now, () -> {
            store.applyAll(changes);
            return true;
        });
    }

    private TagSnapshot lock(CustomerId customer) {
        TagSnapshot found = ports.store().lockAll(tenant, List.of(customer)).get(customer);
        if (found == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        if (found.mergedInto() != null) {
            throw Survivors.mergedInto(customer, found.mergedInto());
        }
        return found;
    }

    private Optional<List<TagEntry>> repeated(CustomerId customer, TagRequest request) {
        return ports.requests().find(tenant, customer, request.key()).map(booked -> {
            TagRequest.Answer answer = request.answer(booked);
            CustomerId home = booked.home() == null ? customer : booked.home();
            return answer.entries() == 0
                    ? List.of()
                    : ports.store().entries(tenant, home, answer.after(), answer.entries());
        });
    }
}
