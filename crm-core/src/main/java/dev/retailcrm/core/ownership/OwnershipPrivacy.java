package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.OwnershipStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** In which stores a customer was looked after is exported, without the staff who did. It is kept when she is erased: it tells of staff and stores, and she is in no portfolio any more. Thread-safe. */
public final class OwnershipPrivacy implements PrivacyParticipant {
    private final OwnershipStore store;

    /** On this store. */
    public OwnershipPrivacy(OwnershipStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "ownership";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(OwnershipPrivacy::row);
    }

    private static ExportRow row(OwnershipEntry entry) {
        return ExportRow.of("entries")
                .and("act", entry.act())
                .and("at", entry.at())
                .and(
                        "storeBefore",
                        entry.before() == null ? null : entry.before().store())
                .and("storeAfter", entry.after() == null ? null : entry.after().store())
                .and("reason", entry.reason());
    }

    /** {@inheritDoc} Nothing: codes of staff and stores. */
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
