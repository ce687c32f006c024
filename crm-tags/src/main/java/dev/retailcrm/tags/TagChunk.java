package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Survivors;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.CustomerStore.Standing;
import dev.retailcrm.core.spi.FactObserver;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagPorts;
import dev.retailcrm.tags.spi.TagSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Does for many customers what one command does for each: all are locked, decided about and written together, in a number of round trips
 * that does not grow with them. Who is refused does not hold up the others. Thread-safe.
 */
final class TagChunk {
    private final TenantId tenant;
    private final TagPorts ports;
    private final FactObserver observer;

    TagChunk(TenantId tenant, TagPorts ports, FactObserver observer) {
        this.tenant = tenant;
        this.ports = ports;
        this.observer = observer;
    }

    /** What became of each, in the order given; within a unit of work. */
    List<TagOutcome> change(Collection<CustomerId> customers, TagPatch patch, TagCause cause, Instant now) {
        Set<CustomerId> given = new LinkedHashSet<>(customers);
        Map<CustomerId, TagSnapshot> locked = ports.store().lockAll(tenant, given);
        Map<CustomerId, CustomerId> survivors = survivors(locked);
        if (!survivors.isEmpty()) {
            locked = new HashMap<>(locked);
            locked.putAll(ports.store().lockAll(tenant, new TreeSet<>(survivors.values())));
        }
        TagCatalog catalog = ports.store().catalog(tenant);
        TagLimits limits = new TagLimits(tenant, ports.store(), catalog);
        List<TagChange> changes = new ArrayList<>(given.size());
        List<TagOutcome> outcomes = new ArrayList<>(given.size());
        Set<CustomerId> done = new LinkedHashSet<>();
        for (CustomerId customer : given) {
            CustomerId current = survivors.getOrDefault(customer, customer);
            TagSnapshot state = locked.get(current);
            if (state != null && !done.add(current)) {
                outcomes.add(TagOutcome.of(customer, TagOutcome.Kind.UNCHANGED));
                continue;
            }
            try {
                TagDraft draft = new TagFile(require(current, state), catalog).change(patch, now, cause);
                limits.take(draft);
                outcomes.add(TagOutcome.of(
                        customer, draft.isChanged() ? TagOutcome.Kind.CHANGED : TagOutcome.Kind.UNCHANGED));
                if (!draft.entries().isEmpty()) {
                    changes.add(draft.change(null));
                }
            } catch (CrmException refusal) {
                outcomes.add(TagOutcome.refused(customer, refusal.code().id()));
            }
        }
        TagBooks.writeAll(observer, changes, now, ports.store());
        return outcomes;
    }

    /** Whom the old ids stand for. They are locked after the others: two batches that cross there may have to be repeated. */
    private Map<CustomerId, CustomerId> survivors(Map<CustomerId, TagSnapshot> locked) {
        Set<CustomerId> merged = new TreeSet<>();
        locked.values().stream().filter(it -> it.mergedInto() != null).forEach(it -> merged.add(it.customer()));
        return merged.isEmpty()
                ? Map.of()
                : Survivors.of(merged, asked -> ports.customers().standings(tenant, asked), Standing::mergedInto);
    }

    private static TagSnapshot require(CustomerId customer, @Nullable TagSnapshot state) {
        if (state == null) {
            throw CoreError.UNKNOWN_CUSTOMER.because("there is no customer %s", customer);
        }
        if (state.mergedInto() != null) {
            throw Survivors.mergedInto(customer, state.mergedInto());
        }
        return state;
    }
}
