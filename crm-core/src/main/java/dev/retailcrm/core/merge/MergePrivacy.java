package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.MergeStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Which customers were merged into one is exported. It is kept when she is erased: old ids lead to what is left of her. Thread-safe. */
public final class MergePrivacy implements PrivacyParticipant {
    private final MergeStore store;

    /** On this store. */
    public MergePrivacy(MergeStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "merge";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return new Page<>(
                store.of(tenant, customer).stream()
                        .map(it -> ExportRow.of("merges")
                                .and("merged", it.merged())
                                .and("at", it.at())
                                .and("endedAt", it.endedAt()))
                        .toList(),
                null);
    }

    /** {@inheritDoc} Nothing: ids and counts. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    /** {@inheritDoc} None: none of it is done by the customer. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
