package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.Page;
import dev.retailcrm.core.kernel.PageRequest;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.privacy.Erased;
import dev.retailcrm.core.privacy.ErasureStep;
import dev.retailcrm.core.privacy.ExportRow;
import dev.retailcrm.core.privacy.Ties;
import dev.retailcrm.core.spi.PrivacyParticipant;
import dev.retailcrm.core.spi.TradeStore;
import dev.retailcrm.core.spi.TradeStore.Arrived;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Orders and refunds are exported; statistics are what these come to. They are kept when their customer is erased, as the books are: they name
 * articles, amounts and stores, and nobody. Thread-safe.
 */
public final class TradePrivacy implements PrivacyParticipant {
    /** Orders may have a thousand lines each. */
    private static final int PAGE = 50;

    private final TradeStore store;

    /** On this store. */
    public TradePrivacy(TradeStore store) {
        this.store = store;
    }

    @Override
    public String name() {
        return "trade";
    }

    @Override
    public Page<ExportRow> export(TenantId tenant, CustomerId customer, PageRequest page) {
        int limit = Math.min(PAGE, page.size());
        List<Arrived> found = store.history(tenant, customer, after(page.after()), limit);
        return new Page<>(
                found.stream().map(TradePrivacy::row).toList(),
                found.isEmpty() ? null : text(found.get(found.size() - 1).number()));
    }

    private static String text(OrderNumber number) {
        return number.source().length() + " " + number.source() + number.value();
    }

    private static @Nullable OrderNumber after(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            int blank = cursor.indexOf(' ');
            int end = blank + 1 + Integer.parseInt(cursor.substring(0, Math.max(0, blank)));
            return OrderNumber.of(cursor.substring(blank + 1, end), cursor.substring(end));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            throw CoreError.INVALID_CURSOR.causedBy(e, "not a cursor of this export");
        }
    }

    private static ExportRow row(Arrived arrived) {
        Order order = arrived.order();
        ExportRow row = ExportRow.of("orders")
                .and("source", arrived.number().source())
                .and("number", arrived.number().value());
        if (order != null) {
            row = row.and("revision", order.revision())
                    .and("occurredAt", order.occurredAt())
                    .and("channel", order.channel())
                    .and("store", order.store())
                    .and("cancelled", order.cancelled() ? true : null)
                    .and("total", order.amount())
                    .and("lines", order.lines().stream().map(TradePrivacy::row).toList());
        }
        return row.and(
                "refunds", arrived.refunds().stream().map(TradePrivacy::row).toList());
    }

    private static ExportRow row(OrderLine line) {
        return ExportRow.of("line")
                .and("sku", line.sku())
                .and("category", line.category())
                .and("brand", line.brand())
                .and("quantity", line.quantity())
                .and("amount", line.amount());
    }

    private static ExportRow row(Refund refund) {
        return ExportRow.of("refund")
                .and("number", refund.number())
                .and("occurredAt", refund.occurredAt())
                .and("amount", refund.amount())
                .and("units", refund.units());
    }

    /** {@inheritDoc} Nothing: the books are kept. */
    @Override
    public Erased erase(ErasureStep step, int limit) {
        return Erased.NOTHING;
    }

    @Override
    public Map<CustomerId, Ties> ties(TenantId tenant, Collection<CustomerId> customers, Instant at) {
        return store.totals(tenant, customers).entrySet().stream()
                .flatMap(it -> latest(it.getValue()).map(last -> Map.entry(it.getKey(), Ties.active(last))).stream())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Optional<Instant> latest(List<TradeTotal> totals) {
        return totals.stream().map(TradeTotal::last).filter(Objects::nonNull).max(Instant::compareTo);
    }
}
