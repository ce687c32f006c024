package dev.retailcrm.core.access;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.AccessLog;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** When, by which right and for which purpose her data was shown is exported, not to whom. It is kept when she is erased: it is the proof of who saw it. Thread-safe. */
public final class AccessPrivacy implements PrivacyParticipant {
    private final AccessLog log;

    /** On this store. */
    public AccessPrivacy(AccessLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "access";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        long before = page.afterNumber(Long.MAX_VALUE);
        return Page.of(log.of(tenant, customer, before, page.size() + 1), page.size(), last -> Long.toString(last.no()))
                .map(AccessPrivacy::row);
    }

    private static ExportRow row(AccessEntry entry) {
        return ExportRow.of("shown")
                .and("at", entry.at())
                .and("right", entry.right())
                .and("purpose", entry.purpose());
    }

    /** {@inheritDoc} Nothing: it holds no personal data. */
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
