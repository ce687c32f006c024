package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.spi.TagStore;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Room for customers of tags that only so many may have. The first who asks for a tag waits for whoever else fills it, and counts once; for
 * one transaction. Not thread-safe.
 */
final class TagLimits {
    private final TenantId tenant;
    private final TagStore store;
    private final TagCatalog catalog;
    private final Map<String, Long> room = new HashMap<>();

    TagLimits(TenantId tenant, TagStore store, TagCatalog catalog) {
        this.tenant = tenant;
        this.store = store;
        this.catalog = catalog;
    }

    /**
     * Takes the room that a decision needs, and gives what it frees; all or nothing.
     *
     * @throws CrmException {@link TagError#TAG_FULL}
     */
    void take(TagDraft draft) {
        Map<String, Long> wanted = new TreeMap<>();
        for (TagEntry entry : draft.entries()) {
            TagDefinition tag = catalog.tags().get(entry.tag());
            if (tag != null && tag.maxCustomers() != null) {
                wanted.merge(entry.tag(), (long) entry.deltaAt(draft.at()), Long::sum);
            }
        }
        for (Map.Entry<String, Long> each : wanted.entrySet()) {
            if (each.getValue() > 0 && roomOf(each.getKey(), draft) < each.getValue()) {
                throw TagError.TAG_FULL.with(
                        Map.of("tag", each.getKey(), "max", maxOf(each.getKey())),
                        "as many have the tag %s as may",
                        each.getKey());
            }
        }
        wanted.forEach((tag, delta) -> room.computeIfPresent(tag, (same, left) -> left - delta));
    }

    /** Whether one more may have a tag. */
    boolean hasRoom(String tag, TagDraft draft) {
        TagDefinition limited = catalog.tags().get(tag);
        return limited == null || limited.maxCustomers() == null || roomOf(tag, draft) > 0;
    }

    /** One more has a tag. */
    void took(String tag) {
        room.computeIfPresent(tag, (same, left) -> left - 1);
    }

    private long roomOf(String tag, TagDraft draft) {
        Long known = room.get(tag);
        if (known == null) {
            known = maxOf(tag) - store.lockTag(tenant, tag, draft.at());
            room.put(tag, known);
        }
        return known;
    }

    private long maxOf(String tag) {
        Long max = catalog.require(tag).maxCustomers();
        return max == null ? Long.MAX_VALUE : max;
    }
}
