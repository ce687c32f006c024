package dev.retailcrm.assets.checkout;

import dev.retailcrm.assets.spi.CheckoutStore;
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

/** The orders a customer settled are exported, and erased. Thread-safe. */
public final class CheckoutPrivacy implements PrivacyParticipant {
    private final CheckoutStore store;

    /** On this store. */
    public CheckoutPrivacy(CheckoutStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "checkout";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        return Page.of(store.list(tenant, customer, page.after(), page.size() + 1), page.size(), SettledOrder::number)
                .map(CheckoutPrivacy::row);
    }

    private static ExportRow row(SettledOrder order) {
        Bill bill = order.bill();
        return ExportRow.of("orders")
                .and("number", order.number())
                .and("at", order.at())
                .and("store", order.store())
                .and(
                        "lines",
                        bill.lines().stream()
                                .map(it -> it.quantity().toPlainString() + " " + it.sku() + " " + it.net())
                                .collect(Collectors.joining(", ")))
                .and("gross", bill.gross())
                .and("net", bill.net())
                .and("points", bill.points())
                .and("storedValue", bill.storedValue())
                .and("giftCards", bill.giftCards())
                .and("due", bill.due())
                .and("refunded", order.givenBack().money())
                .and("refunds", order.refunds().size());
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
