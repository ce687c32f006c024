package dev.retailcrm.tags;

import dev.retailcrm.core.history.Actor;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.TagChange;
import dev.retailcrm.tags.spi.TagPorts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Books what time and merges of tags do to the tags of customers. Thread-safe. */
final class TagSweep {
    /** What is not put together yet, so that clocks that differ count alike. */
    static final Duration UNFOLDED = Duration.ofDays(1);

    private static final TagCause NOBODY = new TagCause(TagSource.manual(), null, Actor.UNKNOWN, null);

    private final TenantId tenant;
    private final TagPorts ports;

    TagSweep(TenantId tenant, TagPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    /** Books ends that nobody booked; of how many customers. */
    int expire(Instant now, int limit) {
        return ports.unitOfWork().run(() -> settle(ports.store().over(tenant, now, limit), now));
    }

    /** Moves what customers have of a tag that was merged; how many there were. */
    int move(String merged, Instant now, int limit) {
        return ports.unitOfWork().run(() -> settle(ports.store().marked(tenant, merged, null, limit), now));
    }

    private int settle(List<CustomerId> customers, Instant now) {
        if (customers.isEmpty()) {
            return 0;
        }
        List<TagChange> changes = new ArrayList<>();
        var locked = ports.store().lockAll(tenant, customers);
        TagCatalog catalog = ports.store().catalog(tenant);
        locked.values().forEach(state -> {
            TagDraft draft = new TagFile(state, catalog).settled(now, NOBODY);
            if (!draft.entries().isEmpty()) {
                changes.add(draft.change(null));
            }
        });
        ports.store().applyAll(changes);
        return customers.size();
    }
}
