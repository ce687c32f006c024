package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.TagPorts;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers questions about tags, where a tag answers for those that were merged into it. Thread-safe. */
final class TagReads {
    private final TenantId tenant;
    private final TagPorts ports;

    TagReads(TenantId tenant, TagPorts ports) {
        this.tenant = tenant;
        this.ports = ports;
    }

    /** What these customers have of tags, by the keys that answer, as rules of merges will leave it. */
    Map<CustomerId, List<TagMark>> marks(Collection<CustomerId> customers) {
        Check.range(Check.present(customers, "customers").size(), 0, Tags.MAX_CUSTOMERS, "number of customers");
        customers.forEach(it -> Check.present(it, "customer"));
        return ports.unitOfWork().read(() -> {
            Map<CustomerId, List<TagMark>> found = ports.store().marks(tenant, customers);
            if (found.isEmpty()) {
                return found;
            }
            TagCatalog catalog = ports.store().catalog(tenant);
            Map<CustomerId, List<TagMark>> seen = new LinkedHashMap<>();
            found.forEach((customer, marks) -> seen.put(customer, TagFile.seen(marks, catalog)));
            return seen;
        });
    }

    Page<CustomerId> holders(String tag, Instant at, PageRequest page) {
        CustomerId after = after(page);
        List<CustomerId> found = ports.unitOfWork().read(() -> {
            TagCatalog catalog = ports.store().catalog(tenant);
            Set<String> keys = catalog.keysOf(catalog.require(tag).key());
            return ports.store().holders(tenant, keys, at, after, page.size() + 1);
        });
        return Page.of(found, page.size(), it -> Long.toString(it.value()));
    }

    long count(String tag, Instant at) {
        return ports.unitOfWork().read(() -> {
            TagCatalog catalog = ports.store().catalog(tenant);
            return ports.store()
                    .count(tenant, catalog.keysOf(catalog.require(tag).key()), at);
        });
    }

    /** How many have each tag; one that others are being merged into is counted on its own. */
    SortedMap<String, Long> counts(Instant at) {
        return ports.unitOfWork().read(() -> {
            TagCatalog catalog = ports.store().catalog(tenant);
            Map<String, Long> each = ports.store().counts(tenant, at);
            SortedMap<String, Long> counts = new TreeMap<>();
            for (TagDefinition tag : catalog.tags().values()) {
                if (tag.mergedInto() == null) {
                    Set<String> keys = catalog.keysOf(tag.key());
                    boolean moving = keys.stream().anyMatch(it -> !it.equals(tag.key()) && each.containsKey(it));
                    counts.put(
                            tag.key(),
                            moving ? ports.store().count(tenant, keys, at) : each.getOrDefault(tag.key(), 0L));
                }
            }
            return counts;
        });
    }

    Page<TagEntry> history(CustomerId customer, PageRequest page) {
        Check.present(customer, "customer");
        long after = page.afterNumber(0);
        List<TagEntry> found =
                ports.unitOfWork().read(() -> ports.store().entries(tenant, customer, after, page.size() + 1));
        return Page.of(found, page.size(), it -> Long.toString(it.seq()));
    }

    static @Nullable CustomerId after(PageRequest page) {
        long last = page.afterNumber(0);
        return last == 0 ? null : CustomerId.of(last);
    }
}
