package dev.retailcrm.core.trade;

import dev.retailcrm.core.kernel.StoreId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what orders and refunds contribute to the statistics. Contributions are sums, so their order does not matter; first and last
 * instants are those of the orders added. Not thread-safe.
 */
final class Tally {
    private final ZoneId zone;
    private final Map<CurrencyUnit, TradeTotal> totals = new HashMap<>(2);
    private final Map<Key, TradeFigures> buckets = new HashMap<>(8);

    private record Key(CurrencyUnit currency, Dimension dimension, String key) {}

    Tally(ZoneId zone) {
        this.zone = zone;
    }

    void add(Order order) {
        count(order, 1);
    }

    void take(Order order) {
        count(order, -1);
    }

    void add(Refund refund, boolean pending) {
        count(refund, pending, 1);
    }

    void take(Refund refund, boolean pending) {
        count(refund, pending, -1);
    }

    /** What it comes to; sums that cancel out are left out. */
    TradeSums sums() {
        List<TradeBucket> found = new ArrayList<>(buckets.size());
        buckets.forEach((key, figures) -> {
            if (!figures.isZero()) {
                found.add(new TradeBucket(key.currency, key.dimension, key.key, figures));
            }
        });
        return new TradeSums(
                totals.values().stream().filter(total -> !total.isZero()).toList(), found);
    }

    private void count(Order order, int sign) {
        if (order.cancelled()) {
            return;
        }
        CurrencyUnit currency = order.currency();
        TradeFigures figures = new TradeFigures(1, order.amountMinor(), order.unitsMilli(), 0, 0).times(sign);
        Instant at = sign > 0 ? order.occurredAt() : null;
        total(new TradeTotal(currency, figures, 0, 0, at, at));
        LocalDate day = day(order.occurredAt());
        bucket(currency, Dimension.MONTH, month(day), figures);
        bucket(currency, Dimension.DAY, day.toString(), figures);
        StoreId store = order.store();
        bucket(currency, Dimension.STORE, store == null ? null : store.value(), figures);
        bucket(currency, Dimension.CHANNEL, order.channel(), figures);
        byCategory(order).forEach((category, sum) -> bucket(currency, Dimension.CATEGORY, category, sum.times(sign)));
    }

    private static Map<String, TradeFigures> byCategory(Order order) {
        Map<String, TradeFigures> sums = new LinkedHashMap<>();
        for (OrderLine line : order.lines()) {
            String category = line.category();
            if (category != null) {
                long amount = line.amount().getAmountMinorLong();
                var first = new TradeFigures(1, amount, line.quantityMilli(), 0, 0);
                var more = new TradeFigures(0, amount, line.quantityMilli(), 0, 0);
                sums.compute(category, (same, sum) -> sum == null ? first : sum.plus(more));
            }
        }
        return sums;
    }

    private void count(Refund refund, boolean pending, int sign) {
        CurrencyUnit currency = refund.amount().getCurrencyUnit();
        long minor = refund.amount().getAmountMinorLong();
        if (pending) {
            total(new TradeTotal(currency, TradeFigures.ZERO, sign, sign * minor, null, null));
            return;
        }
        TradeFigures figures = new TradeFigures(0, 0, 0, 1, minor).times(sign);
        total(new TradeTotal(currency, figures, 0, 0, null, null));
        bucket(currency, Dimension.MONTH, month(day(refund.occurredAt())), figures);
    }

    private void total(TradeTotal change) {
        totals.merge(change.currency(), change, TradeTotal::plus);
    }

    private void bucket(CurrencyUnit currency, Dimension dimension, @Nullable String key, TradeFigures figures) {
        if (key != null) {
            buckets.merge(new Key(currency, dimension, key), figures, TradeFigures::plus);
        }
    }

    private LocalDate day(Instant at) {
        return at.atZone(zone).toLocalDate();
    }

    private static String month(LocalDate day) {
        return YearMonth.from(day).toString();
    }
}
