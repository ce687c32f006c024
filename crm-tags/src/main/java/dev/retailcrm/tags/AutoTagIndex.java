package dev.retailcrm.tags;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleIndex;
import dev.retailcrm.core.rule.RuleQueries;
import dev.retailcrm.tags.spi.AutoTagPorts;
import java.util.Map;
import java.util.TreeMap;

/**
 * The automatic tags that are run, and the tags that there are. Those that decide about the same tag, or about one that excludes it, are asked
 * together: which of them wins depends on all. Thread-safe.
 */
record AutoTagIndex(TagCatalog tags, RuleIndex<AutoTag> rules) {
    /** As it is defined by now, within a unit of work. */
    static AutoTagIndex of(TenantId tenant, AutoTagPorts ports, RuleQueries queries) {
        TagCatalog tags = ports.tags().store().catalog(tenant);
        return new AutoTagIndex(tags, ports.indexes().of(tenant, tags, () -> made(tags, queries)));
    }

    private static RuleIndex<AutoTag> made(TagCatalog tags, RuleQueries queries) {
        Map<String, AutoTag> active = new TreeMap<>();
        tags.autoTags().forEach((key, it) -> {
            if (it.active()) {
                active.put(key, it);
            }
        });
        var asked = new RuleIndex.Asked<AutoTag>(
                AutoTag::rule,
                it -> it.rule().requiredFacts().topics(),
                (one, other) -> tags.touchedBy(one.tag()).contains(other.tag()));
        return new RuleIndex<>(queries, active, asked);
    }
}
