package dev.retailcrm.core.membership;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportLists;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.MembershipStore;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Memberships are exported, without who brought the member. They are kept when she is erased; her number was an identity and is gone. Thread-safe. */
public final class MembershipPrivacy implements PrivacyParticipant {
    private final MembershipStore store;

    /** On this store. */
    public MembershipPrivacy(MembershipStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "membership";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return ExportLists.page(
                page,
                List.of(
                        ExportLists.whole(() -> membership(tenant, customer)),
                        entries -> entries(tenant, customer, entries)));
    }

    private List<ExportRow> membership(TenantId tenant, CustomerId customer) {
        return store.find(tenant, customer).stream()
                .filter(member -> member.customer().equals(customer))
                .map(MembershipPrivacy::row)
                .toList();
    }

    private Page<ExportRow> entries(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(MembershipPrivacy::row);
    }

    private static ExportRow row(Member member) {
        return ExportRow.of("membership")
                .and("status", member.status())
                .and("since", member.since())
                .and("joinedAt", member.joinedAt())
                .and("joinedStore", member.store())
                .and("channel", member.channel())
                .and("wasReferred", member.referrer() == null ? null : true);
    }

    private static ExportRow row(MembershipEntry entry) {
        return ExportRow.of("entries")
                .and("act", entry.act())
                .and("at", entry.at())
                .and("reason", entry.reason());
    }

    /** {@inheritDoc} Nothing: codes and dates. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Ties.active(store.latest(tenant, customers));
    }
}
