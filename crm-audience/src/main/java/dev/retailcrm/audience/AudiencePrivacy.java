package dev.retailcrm.audience;

import dev.retailcrm.audience.spi.AudienceMemberStore;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The audiences that a customer is and was in, and what was said of her by hand, are exported and erased. Thread-safe. */
public final class AudiencePrivacy implements PrivacyParticipant {
    private static final Instant SOME = Instant.EPOCH;

    private final AudienceMemberStore store;
    private final DueStore due;

    /**
     * On these stores.
     *
     * @param due of audiences
     */
    public AudiencePrivacy(AudienceMemberStore store, DueStore due) {
        this.store = Check.present(store, "store");
        this.due = Check.present(due, "store of what is due");
    }

    @Override
    public String name() {
        return "audiences";
    }

    /** {@inheritDoc} What was said by hand, and snapshots, which are few, come with the first page. */
    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        List<ExportRow> rows = new ArrayList<>();
        if (page.after() == null) {
            store.find(tenant, customer).ifPresent(file -> {
                file.picks()
                        .values()
                        .forEach(it -> rows.add(ExportRow.of("picks")
                                .and("audience", it.audience())
                                .and("choice", it.choice())
                                .and("listed", it.listing() > 0 || it.pending() > 0)));
                file.frozen()
                        .keySet()
                        .forEach(it -> rows.add(ExportRow.of("snapshots").and("snapshot", it)));
            });
        }
        Page<AudienceStay> stays = page(store, tenant, customer, page);
        stays.items().forEach(it -> rows.add(row(it)));
        return new Page<>(rows, stays.cursor());
    }

    private static ExportRow row(AudienceStay stay) {
        AudienceStay.End end = stay.end();
        return ExportRow.of("stays")
                .and("audience", stay.audience())
                .and("from", stay.from())
                .and("reason", stay.reason())
                .and("until", end == null ? null : end.at())
                .and("left", end == null ? null : end.reason());
    }

    /** A page of stays; the cursor is the last one's number, a blank, and its audience. */
    static Page<AudienceStay> page(AudienceMemberStore store, TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                store.stays(tenant, customer, last(page.after()), page.size() + 1),
                page.size(),
                it -> it.number() + " " + it.audience());
    }

    private static @Nullable AudienceStay last(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        int blank = cursor.indexOf(' ');
        try {
            return new AudienceStay(
                    cursor.substring(blank + 1),
                    Long.parseLong(cursor.substring(0, Math.max(blank, 0))),
                    SOME,
                    StayReason.RULE,
                    0,
                    null);
        } catch (CrmException | NumberFormatException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this listing");
        }
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        int rows = store.remove(step.tenant(), step.customer(), limit);
        boolean done = rows < limit;
        int ended = done ? due.unschedule(step.tenant(), Set.of(step.customer())) : 0;
        return new Erased(rows + ended, done);
    }

    /** {@inheritDoc} None: none of it is done by the customer. */
    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Map.of();
    }
}
