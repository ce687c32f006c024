package dev.retailcrm.assets.earn;

import dev.retailcrm.assets.spi.EarnStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** What a customer earned, for what and by which rules, is exported, and erased with what she used of caps. Thread-safe. */
public final class EarnPrivacy implements PrivacyParticipant {
    private final EarnStore store;

    /** On this store. */
    public EarnPrivacy(EarnStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "earning";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.list(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.no()))
                .map(EarnPrivacy::row);
    }

    private static ExportRow row(Earned earned) {
        return ExportRow.of("earnings")
                .and("number", earned.no())
                .and("occasion", earned.occasion() == null ? "PURCHASE" : earned.occasion())
                .and("at", earned.at())
                .and("store", earned.store())
                .and("reference", earned.reference())
                .and("key", earned.key())
                .and(
                        "points",
                        earned.programs().stream()
                                .filter(it -> it.points() > 0)
                                .map(it -> it.program() + " " + it.points() + " " + it.asset())
                                .collect(Collectors.joining(", ")))
                .and("releasedAt", earned.releasedAt());
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.of(store.remove(step.tenant(), step.customer(), limit), limit);
    }

    /** {@inheritDoc} None: what she has is in the ledger. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
