package dev.retailcrm.core.trade;

import java.util.Comparator;
import java.util.List;

/**
 * All statistics of a customer, or by how much they change: totals by currency, and their breakdown. Immutable.
 *
 * @param totals by currency
 * @param buckets by currency, dimension and key
 */
public record TradeSums(List<TradeTotal> totals, List<TradeBucket> buckets) {
    /** The order of totals. */
    public static final Comparator<TradeTotal> TOTALS =
            Comparator.comparing(total -> total.currency().getCode());

    /** The order of buckets. */
    public static final Comparator<TradeBucket> BUCKETS = Comparator.<TradeBucket, String>comparing(
                    bucket -> bucket.currency().getCode())
            .thenComparing(TradeBucket::dimension)
            .thenComparing(TradeBucket::key);

    /** Sorts the lists. */
    public TradeSums {
        totals = totals.stream().sorted(TOTALS).toList();
        buckets = buckets.stream().sorted(BUCKETS).toList();
    }

    /** How many refunds wait for their order. */
    public long pendingRefunds() {
        return totals.stream().mapToLong(TradeTotal::pendingRefunds).sum();
    }

    /** Whether anything is taken away. */
    public boolean isTaking() {
        return totals.stream().anyMatch(TradeTotal::isTaking)
                || buckets.stream().anyMatch(bucket -> bucket.figures().isTaking());
    }
}
