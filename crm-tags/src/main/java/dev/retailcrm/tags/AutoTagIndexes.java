package dev.retailcrm.tags;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleQueries;

/**
 * The automatic tags of tenants, made ready once for each state of their definitions; to be kept as long as the stores are. Thread-safe.
 */
public final class AutoTagIndexes {
    private static final int TENANTS = 1_000;

    private final Cache<TenantId, AutoTagIndex> ready =
            CacheBuilder.newBuilder().maximumSize(TENANTS).build();

    /** Nothing is ready yet. */
    public AutoTagIndexes() {}

    /** Stores answer with the same catalog while nothing was defined. */
    AutoTagIndex of(TenantId tenant, TagCatalog catalog, RuleQueries rules) {
        AutoTagIndex known = ready.getIfPresent(tenant);
        if (known == null || known.tags() != catalog) {
            known = new AutoTagIndex(catalog, rules);
            ready.put(tenant, known);
        }
        return known;
    }
}
