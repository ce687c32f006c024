package dev.retailcrm.audience.portrait;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the values of a field lie that have an order. Quantiles are values that somebody has: the least that so many do not exceed (type 1 of R. J.
 * Hyndman, Y. Fan, <i>Sample Quantiles in Statistical Packages</i>, The American Statistician 50, 1996). A quantile that fewer than the smallest
 * group are at or beyond is not told, nor the least and the greatest value. Immutable.
 *
 * @param members who have one
 * @param quarter a quarter do not exceed it
 * @param median half do not
 * @param threeQuarters three quarters do not
 */
public record NumberSummary(long members, FieldValue quarter, FieldValue median, FieldValue threeQuarters) {
    /** Of counts by value; empty if there is no order, several currencies, or a quarter would be too few. */
    static Optional<NumberSummary> of(Map<FieldValue, Long> counts, int smallest) {
        long members = counts.values().stream().mapToLong(Long::longValue).sum();
        List<FieldValue> values = new ArrayList<>(counts.keySet());
        if (members < 4L * smallest || !isOrdered(values)) {
            return Optional.empty();
        }
        values.sort(FieldValue::compareOrdered);
        return Optional.of(new NumberSummary(
                members,
                at(values, counts, (members + 3) / 4),
                at(values, counts, (members + 1) / 2),
                at(values, counts, (3 * members + 3) / 4)));
    }

    private static boolean isOrdered(List<FieldValue> values) {
        FieldValue first = values.get(0);
        return values.stream()
                .allMatch(it -> it.type().isOrdered()
                        && it.type() == first.type()
                        && (it.type() != FieldType.MONEY
                                || it.asMoney()
                                        .getCurrencyUnit()
                                        .equals(first.asMoney().getCurrencyUnit())));
    }

    private static FieldValue at(List<FieldValue> sorted, Map<FieldValue, Long> counts, long place) {
        long before = 0;
        for (FieldValue value : sorted) {
            before += counts.getOrDefault(value, 0L);
            if (before >= place) {
                return value;
            }
        }
        return sorted.get(sorted.size() - 1);
    }
}
