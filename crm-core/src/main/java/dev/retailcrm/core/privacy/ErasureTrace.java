package dev.retailcrm.core.privacy;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.ErasureStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Erasures themselves: they are told, and kept as proof. Thread-safe. */
final class ErasureTrace implements PrivacyParticipant {
    private final ErasureStore store;

    ErasureTrace(ErasureStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "erasure";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return new Page<>(
                store.find(tenant, customer).stream()
                        .map(it -> ExportRow.of("requests")
                                .and("state", it.state())
                                .and("requestedAt", it.requestedAt())
                                .and("changedAt", it.changedAt()))
                        .toList(),
                null);
    }

    /** {@inheritDoc} A certificate names nobody, and is kept. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
