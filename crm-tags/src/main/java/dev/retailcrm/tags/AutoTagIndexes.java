package dev.retailcrm.tags;

import dev.retailcrm.core.rule.RuleQueries;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The automatic tags of tenants, made ready once for each state of their definitions; to be kept as long as the stores are. Thread-safe.
 */
public final class AutoTagIndexes {
    private final Map<TagCatalog, AutoTagIndex> ready = Collections.synchronizedMap(new WeakHashMap<>());

    /** Nothing is ready yet. */
    public AutoTagIndexes() {}

    AutoTagIndex of(TagCatalog catalog, RuleQueries rules) {
        AutoTagIndex known = ready.get(catalog);
        if (known == null) {
            known = new AutoTagIndex(catalog, rules);
            ready.put(catalog, known);
        }
        return known;
    }
}
