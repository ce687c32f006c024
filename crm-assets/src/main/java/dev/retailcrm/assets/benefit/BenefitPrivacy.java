package dev.retailcrm.assets.benefit;

import dev.retailcrm.assets.card.Card;
import dev.retailcrm.assets.redeem.Redemption;
import dev.retailcrm.assets.spi.BenefitRow;
import dev.retailcrm.assets.spi.BenefitStore;
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

/** Grants, cards and redemptions of a customer and what became of them are exported, without the staff who did it, and erased. Thread-safe. */
public final class BenefitPrivacy implements PrivacyParticipant {
    private final BenefitStore store;

    /** On this store. */
    public BenefitPrivacy(BenefitStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "benefits";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return ExportLists.page(
                page,
                List.of(
                        it -> rows(tenant, customer, BenefitGrant.class, it).map(BenefitPrivacy::row),
                        it -> rows(tenant, customer, Card.class, it).map(BenefitPrivacy::row),
                        it -> rows(tenant, customer, Redemption.class, it).map(BenefitPrivacy::row),
                        it -> entries(tenant, customer, it)));
    }

    private <T extends BenefitRow> Page<T> rows(TenantId tenant, CustomerId customer, Class<T> type, PageRequest page) {
        long after = page.afterNumber(0);
        return Page.of(
                store.list(tenant, customer, type, after <= 0 ? null : BenefitId.of(after), page.size() + 1),
                page.size(),
                last -> Long.toString(last.id().value()));
    }

    private static ExportRow row(BenefitGrant grant) {
        return ExportRow.of("grants")
                .and("id", grant.id().toString())
                .and("benefit", grant.benefit())
                .and("origin", grant.origin())
                .and("from", grant.from())
                .and("until", grant.until())
                .and("grantedAt", grant.grantedAt())
                .and("revokedAt", grant.revokedAt())
                .and("reference", grant.reference());
    }

    private static ExportRow row(Card card) {
        return ExportRow.of("cards")
                .and("id", card.id().toString())
                .and("product", card.product())
                .and("sale", card.sale())
                .and("price", card.price() == null ? null : card.price().toString())
                .and("uses", card.uses())
                .and("from", card.from())
                .and("until", card.until())
                .and("issuedAt", card.issuedAt())
                .and("refundedAt", card.refundedAt())
                .and("refund", card.refund() == null ? null : card.refund().toString());
    }

    private static ExportRow row(Redemption redemption) {
        return ExportRow.of("redemptions")
                .and("id", redemption.id().toString())
                .and("kind", redemption.item().kind())
                .and("item", redemption.item().key())
                .and("amount", redemption.amount())
                .and("reversed", redemption.reversed())
                .and("points", redemption.points())
                .and("at", redemption.at())
                .and("reference", redemption.reference())
                .and("store", redemption.store())
                .and("till", redemption.till());
    }

    private Page<ExportRow> entries(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(
                        store.entries(tenant, customer, page.afterNumber(0), page.size() + 1),
                        page.size(),
                        last -> Long.toString(last.seq()))
                .map(entry -> ExportRow.of("entries")
                        .and("number", entry.seq())
                        .and("act", entry.act())
                        .and("id", entry.id().toString())
                        .and("item", entry.item())
                        .and("amount", entry.amount())
                        .and("at", entry.at())
                        .and("reference", entry.reference())
                        .and("store", entry.store())
                        .and("till", entry.till()));
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
