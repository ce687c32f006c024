package dev.retailcrm.tags;

import dev.retailcrm.core.field.FieldText;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.DueStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.tags.spi.TagStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What became of a customer's tags is exported, without the staff who did it, and erased. Thread-safe. */
public final class TagPrivacy implements PrivacyParticipant {
    private final TagStore store;
    private final DueStore automatic;

    /** On these stores. */
    public TagPrivacy(TagStore store, DueStore automatic) {
        this.store = store;
        this.automatic = automatic;
    }

    @Override
    public String name() {
        return "tags";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(TagPrivacy::row);
    }

    private static ExportRow row(TagEntry entry) {
        return ExportRow.of("entries")
                .and("tag", entry.tag())
                .and("act", entry.act())
                .and("at", entry.at())
                .and(
                        "before",
                        entry.before() == null ? null : text(entry.before().value()))
                .and("after", entry.after() == null ? null : text(entry.after().value()))
                .and("from", entry.after() == null ? null : entry.after().from())
                .and("until", entry.after() == null ? null : entry.after().until())
                .and("source", entry.source().kind())
                .and("reference", entry.source().reference())
                .and("reason", entry.reason());
    }

    private static @Nullable String text(@Nullable FieldValue value) {
        return value == null ? null : FieldText.of(value);
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        int rows = store.remove(step.tenant(), step.customer(), step.at(), limit);
        boolean done = rows < limit;
        int due = done ? automatic.unschedule(step.tenant(), Set.of(step.customer())) : 0;
        return new Erased(rows + due, done);
    }

    /** {@inheritDoc} None: none of it is done by the customer. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
