package dev.retailcrm.tags;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.spi.RuleVocabulary;
import dev.retailcrm.tags.spi.TagStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tags that rules may ask about: all that a tenant defined, also those that are retired and may still be somebody's, but not those that
 * were merged into others, whose keys are to be asked for instead. One round trip. Thread-safe.
 */
public final class TagVocabulary implements RuleVocabulary {
    private final TagStore store;

    /** The tags of this store. */
    public TagVocabulary(TagStore store) {
        this.store = Check.present(store, "store");
    }

    @Override
    public RuleCatalog addTo(RuleCatalog catalog, TenantId tenant) {
        Map<String, Optional<FieldType>> all = new LinkedHashMap<>();
        for (TagDefinition tag : store.catalog(tenant).tags().values()) {
            if (tag.mergedInto() == null) {
                all.put(tag.key(), Optional.ofNullable(tag.valueType()));
            }
        }
        return catalog.tags(all);
    }
}
