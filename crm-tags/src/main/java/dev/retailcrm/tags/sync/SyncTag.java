package dev.retailcrm.tags.sync;

import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.TagDefinition;
import dev.retailcrm.tags.spi.SyncLink;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A tag of ours with what it is there. Tags that were merged here may be several there: a customer has it there if she has one of them.
 *
 * @param tag key of ours
 * @param links at least one
 */
record SyncTag(String tag, List<SyncLink> links) {
    /** Those that can be compared: in use, and without a value. */
    static List<SyncTag> of(TagCatalog catalog, Collection<SyncLink> links) {
        Map<String, List<SyncLink>> byTag = new LinkedHashMap<>();
        for (SyncLink link : links) {
            catalog.find(link.tag())
                    .filter(it -> it.isActive() && it.valueType() == null)
                    .map(TagDefinition::key)
                    .ifPresent(key -> byTag.computeIfAbsent(key, none -> new ArrayList<>())
                            .add(link));
        }
        List<SyncTag> tags = new ArrayList<>();
        byTag.forEach((key, all) -> tags.add(new SyncTag(key, List.copyOf(all))));
        return tags;
    }

    boolean isThere(Set<String> theirs) {
        return links.stream().anyMatch(link -> theirs.contains(link.id()));
    }

    /** Whether both sides were compared since it is linked. */
    boolean isKnown(long run) {
        return links.stream().anyMatch(link -> link.sinceRun() <= run);
    }

    boolean wasAgreed(Set<String> tags) {
        return tags.stream().anyMatch(this::covers);
    }

    /** Whether a key of ours is its own, or that of a tag that was merged into it. */
    boolean covers(String key) {
        return tag.equals(key) || links.stream().anyMatch(link -> link.tag().equals(key));
    }

    /** What it is added as. */
    String id() {
        return links.get(0).id();
    }

    /** All that it is there. */
    Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        links.forEach(link -> ids.add(link.id()));
        return ids;
    }
}
