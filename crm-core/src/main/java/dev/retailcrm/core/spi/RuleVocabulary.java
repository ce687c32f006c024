package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleCatalog;

/** What a module has that rules can ask about, such as tags. Called within a unit of work that reads. Thread-safe. */
public interface RuleVocabulary {
    /** The catalog with what the tenant has of it, which the {@link RuleStore} must be able to answer. */
    RuleCatalog addTo(RuleCatalog catalog, TenantId tenant);
}
