package dev.retailcrm.tags.sync;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.tags.spi.SyncMark;
import dev.retailcrm.tags.spi.SyncStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** By what outside systems know a customer, and what of her tags was the same there, is exported and erased. Thread-safe. */
public final class SyncPrivacy implements PrivacyParticipant {
    private final SyncStore store;

    /** On this store. */
    public SyncPrivacy(SyncStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "tag-sync";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        List<ExportRow> rows = new ArrayList<>();
        store.of(tenant, customer).forEach((channel, marks) -> marks.forEach(mark -> rows.add(row(channel, mark))));
        int from = (int) Math.min(rows.size(), page.afterNumber(0));
        int to = Math.min(rows.size(), from + page.size());
        return new Page<>(rows.subList(from, to), to < rows.size() ? Integer.toString(to) : null);
    }

    private static ExportRow row(String channel, SyncMark mark) {
        return ExportRow.of("marks")
                .and("channel", channel)
                .and("reference", mark.ref())
                .and("tags", String.join(" ", mark.tags()));
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.of(store.remove(step.tenant(), step.customer(), limit), limit);
    }

    /** {@inheritDoc} None: none of it is done by the customer. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
