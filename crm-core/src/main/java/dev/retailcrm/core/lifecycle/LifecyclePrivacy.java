package dev.retailcrm.core.lifecycle;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.StageStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** The stage a customer is at is exported. It is kept when she is erased: it follows from trade, which is. Thread-safe. */
public final class LifecyclePrivacy implements PrivacyParticipant {
    private final StageStore store;

    /** On this store. */
    public LifecyclePrivacy(StageStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "lifecycle";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return new Page<>(
                store.find(tenant, customer).stream()
                        .map(it ->
                                ExportRow.of("stage").and("stage", it.stage()).and("since", it.since()))
                        .toList(),
                null);
    }

    /** {@inheritDoc} Nothing: a stage and dates. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    /** {@inheritDoc} None: it follows from trade. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
