package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.tags.TagUse;
import dev.retailcrm.tags.spi.TagUsage;
import java.util.List;

/** Keeps tags from being deleted that an audience asks about. Thread-safe. */
public final class AudienceTagUsage implements TagUsage {
    private final AudienceStore store;

    /** The audiences of this store. */
    public AudienceTagUsage(AudienceStore store) {
        this.store = Check.present(store, "store");
    }

    @Override
    public List<TagUse> of(TenantId tenant, String tag) {
        return store.catalog(tenant).audiences().values().stream()
                .filter(it ->
                        it.status() != AudienceStatus.ARCHIVED && it.tags().contains(tag))
                .map(it -> new TagUse("audience", it.key()))
                .toList();
    }
}
