package dev.retailcrm.assets.tier;

import dev.retailcrm.assets.spi.TierStore;
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

/** What became of a customer's tiers is exported, without the staff who did it, and erased. Thread-safe. */
public final class TierPrivacy implements PrivacyParticipant {
    private final TierStore store;

    /** On this store. */
    public TierPrivacy(TierStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "tiers";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(entry -> ExportRow.of("entries")
                        .and("number", entry.seq())
                        .and("program", entry.program())
                        .and("act", entry.act())
                        .and("at", entry.at())
                        .and("before", entry.before())
                        .and("after", entry.after()));
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.of(store.remove(step.tenant(), step.customer(), limit), limit);
    }

    /** {@inheritDoc} None: a level is no claim. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
