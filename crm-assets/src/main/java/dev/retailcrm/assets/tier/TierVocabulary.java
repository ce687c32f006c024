package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.spi.DefinitionStore;
import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.spi.RuleVocabulary;
import dev.retailcrm.core.spi.UnitOfWork;
import java.util.List;

/**
 * Programs of tiers in use, as rules ask about them: every {@link TierField} of them. A rule knows the levels that there were when it was compiled. One
 * round trip if nothing was changed. Thread-safe.
 */
public final class TierVocabulary implements RuleVocabulary {
    private final UnitOfWork work;
    private final DefinitionStore definitions;

    /** Programs of this store. */
    public TierVocabulary(UnitOfWork work, DefinitionStore definitions) {
        this.work = Check.present(work, "unit of work");
        this.definitions = Check.present(definitions, "store of definitions");
    }

    @Override
    public RuleCatalog addTo(RuleCatalog catalog, TenantId tenant) {
        List<CatalogField> fields = Tiers.programs(tenant, work, definitions).all().values().stream()
                .filter(it -> !it.retired())
                .flatMap(it -> TierField.of(it).stream())
                .toList();
        FieldCatalog all = () -> fields;
        return fields.isEmpty() ? catalog : catalog.fields(all);
    }
}
