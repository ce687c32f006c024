package dev.retailcrm.core.merge;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.ReviewStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** With whom a customer was taken to be one person is exported, by id. Nothing of it is personal once she is erased. Thread-safe. */
public final class ReviewPrivacy implements PrivacyParticipant {
    private final ReviewStore store;

    /** On this store. */
    public ReviewPrivacy(ReviewStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "review";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return new Page<>(
                store.of(tenant, List.of(customer)).stream()
                        .map(it -> ExportRow.of("pairs")
                                .and("first", it.first())
                                .and("second", it.second())
                                .and("verdict", it.verdict())
                                .and("status", it.status())
                                .and("proposedAt", it.proposedAt()))
                        .toList(),
                null);
    }

    /** {@inheritDoc} Nothing: ids, and how fields agreed, without their values. What waits is closed as she is erased. */
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
