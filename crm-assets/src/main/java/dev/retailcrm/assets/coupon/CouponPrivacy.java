package dev.retailcrm.assets.coupon;

import dev.retailcrm.assets.spi.CouponStore;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportLists;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Coupons of a customer and what became of them are exported, without the staff who did it, and erased. That a code was brought stays known,
 * under an id that leads to nobody, and what was taken from a template stays counted. Thread-safe.
 */
public final class CouponPrivacy implements PrivacyParticipant {
    private final CouponStore store;

    /** On this store. */
    public CouponPrivacy(CouponStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "coupons";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return ExportLists.page(
                page, List.of(it -> coupons(tenant, customer, it), it -> entries(tenant, customer, it)));
    }

    private Page<ExportRow> coupons(TenantId tenant, CustomerId customer, PageRequest page) {
        long after = page.afterNumber(0);
        return Page.of(
                        store.coupons(tenant, customer, false, after <= 0 ? null : CouponId.of(after), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.id().value()))
                .map(CouponPrivacy::row);
    }

    private static ExportRow row(Coupon coupon) {
        return ExportRow.of("coupons")
                .and("id", coupon.id().toString())
                .and("template", coupon.template().template())
                .and("state", coupon.state())
                .and("origin", coupon.origin())
                .and("validFrom", coupon.validFrom())
                .and("expiresAt", coupon.expiresAt())
                .and("obtainedAt", coupon.obtainedAt())
                .and("reference", coupon.reference());
    }

    private Page<ExportRow> entries(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(CouponPrivacy::row);
    }

    private static ExportRow row(CouponEntry entry) {
        return ExportRow.of("entries")
                .and("number", entry.seq())
                .and("coupon", entry.coupon().toString())
                .and("act", entry.act())
                .and("at", entry.at())
                .and("occurredAt", entry.occurredAt())
                .and("reference", entry.reference())
                .and("store", entry.store());
    }

    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.of(store.remove(step.tenant(), step.customer(), limit), limit);
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return Ties.active(store.lastAt(tenant, customers));
    }
}
