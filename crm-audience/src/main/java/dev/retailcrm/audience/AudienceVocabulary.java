package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.spi.RuleVocabulary;

/** The audiences that rules may ask about: all but those that are archived. One round trip. Thread-safe. */
public final class AudienceVocabulary implements RuleVocabulary {
    private final AudienceStore store;

    /** The audiences of this store. */
    public AudienceVocabulary(AudienceStore store) {
        this.store = Check.present(store, "store");
    }

    @Override
    public RuleCatalog addTo(RuleCatalog catalog, TenantId tenant) {
        return catalog.audiences(store.catalog(tenant).audiences().values().stream()
                .filter(it -> it.status() != AudienceStatus.ARCHIVED)
                .map(AudienceRule::key)
                .toList());
    }
}
