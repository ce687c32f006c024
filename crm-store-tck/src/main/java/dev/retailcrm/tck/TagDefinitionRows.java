package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.spi.RequestStore.Booked;
import dev.retailcrm.tags.TagCatalog;
import dev.retailcrm.tags.spi.TagDefinitionChange;
import dev.retailcrm.tags.spi.TagItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a tenant defined of tags, in memory, and the request keys of that. Immutable. */
record TagDefinitionRows(TagCatalog catalog, Map<RequestKey, Booked> keys) {
    static final TagDefinitionRows NONE = new TagDefinitionRows(TagCatalog.empty(), Map.of());

    TagDefinitionRows {
        keys = Map.copyOf(keys);
    }

    TagDefinitionRows and(TagDefinitionChange change) {
        List<TagItem> items = new ArrayList<>(catalog.items());
        List<TagItem> replaced = new ArrayList<>(change.written());
        replaced.addAll(change.deleted());
        items.removeIf(it -> replaced.stream()
                .anyMatch(one -> one.kind() == it.kind() && one.key().equals(it.key())));
        items.addAll(change.written());
        Map<RequestKey, Booked> all = new HashMap<>(keys);
        all.put(change.key(), change.booked());
        return new TagDefinitionRows(TagCatalog.of(items), all);
    }

    List<String> dump() {
        List<String> rows = new ArrayList<>();
        catalog.items().forEach(it -> rows.add("tag " + it));
        keys.forEach((key, booked) -> rows.add("tag key '" + key + "' " + booked));
        return rows;
    }
}
