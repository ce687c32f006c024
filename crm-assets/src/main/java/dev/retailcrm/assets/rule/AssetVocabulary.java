package dev.retailcrm.assets.rule;

import dev.retailcrm.core.field.CatalogField;
import dev.retailcrm.core.field.FieldCatalog;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.rule.RuleCatalog;
import dev.retailcrm.core.spi.RuleVocabulary;
import java.util.List;
import java.util.Optional;

/** Accounts as rules ask about them: every {@link AssetField}, of any program, currency and product; none is listed. No round trip. Immutable. */
public final class AssetVocabulary implements RuleVocabulary {
    private static final FieldCatalog ACCOUNTS = new FieldCatalog() {
        @Override
        public List<CatalogField> fields() {
            return List.of();
        }

        @Override
        public Optional<CatalogField> find(String name) {
            return AssetField.of(name).map(AssetField::catalogField);
        }
    };

    /** All accounts. */
    public AssetVocabulary() {}

    @Override
    public RuleCatalog addTo(RuleCatalog catalog, TenantId tenant) {
        return catalog.fields(ACCOUNTS);
    }
}
