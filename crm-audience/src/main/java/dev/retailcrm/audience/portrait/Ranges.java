package dev.retailcrm.audience.portrait;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CoreError;
import dev.retailcrm.core.kernel.CrmException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Ranges in which numbers, amounts, days, instants or ages are counted together, one up to each edge and one from the last edge on. Immutable.
 */
public final class Ranges {
    /** The most edges. */
    public static final int MAX_EDGES = 100;

    private final ImmutableList<FieldValue> edges;
    private final @Nullable LocalDate day;

    private Ranges(List<FieldValue> edges, @Nullable LocalDate day) {
        Check.range(edges.size(), 1, MAX_EDGES, "number of edges");
        for (int i = 0; i < edges.size(); i++) {
            FieldValue edge = Check.present(edges.get(i), "edge");
            if (!edge.type().isOrdered()) {
                throw CoreError.INVALID_VALUE.because("values of type %s have no order", edge.type());
            }
            if (i > 0 && !(isLike(edge, edges.get(0)) && edges.get(i - 1).compareOrdered(edge) < 0)) {
                throw CoreError.INVALID_VALUE.because("edges are of one type and currency, and ascend");
            }
        }
        this.edges = ImmutableList.copyOf(edges);
        this.day = day;
    }

    /**
     * Of values of a field.
     *
     * @param edges 1 to {@value #MAX_EDGES} values of one ordered type, and one currency, ascending; each begins a range
     * @throws CrmException {@link CoreError#INVALID_VALUE}
     */
    public static Ranges of(FieldValue... edges) {
        return new Ranges(Arrays.asList(Check.present(edges, "edges")), null);
    }

    /** Of whole numbers. */
    public static Ranges of(long... edges) {
        return new Ranges(
                Arrays.stream(Check.present(edges, "edges"))
                        .mapToObj(FieldValue::number)
                        .toList(),
                null);
    }

    /**
     * Of ages in whole years, of a field of dates of birth.
     *
     * @param day on which the ages are
     * @param years 1 to {@value #MAX_EDGES} ages, ascending; each begins a range
     * @throws CrmException {@link CoreError#INVALID_VALUE}
     */
    public static Ranges ofAges(LocalDate day, int... years) {
        return new Ranges(
                Ints.asList(Check.present(years, "years")).stream()
                        .map(it -> FieldValue.number(it))
                        .toList(),
                Check.present(day, "day"));
    }

    private static boolean isLike(FieldValue value, FieldValue other) {
        return value.type() == other.type()
                && (value.type() != FieldType.MONEY
                        || value.asMoney()
                                .getCurrencyUnit()
                                .equals(other.asMoney().getCurrencyUnit()));
    }

    /** The range of a value; empty for one of another type or currency, and for who is not born yet. */
    public Optional<Range> range(FieldValue value) {
        FieldValue placed = Check.present(value, "value");
        if (day != null) {
            if (value.type() != FieldType.DATE || value.asDate().isAfter(day)) {
                return Optional.empty();
            }
            placed = FieldValue.number(ChronoUnit.YEARS.between(value.asDate(), day));
        }
        if (!isLike(placed, edges.get(0))) {
            return Optional.empty();
        }
        int above = 0;
        while (above < edges.size() && edges.get(above).compareOrdered(placed) <= 0) {
            above++;
        }
        return Optional.of(
                new Range(above == 0 ? null : edges.get(above - 1), above == edges.size() ? null : edges.get(above)));
    }

    /** Counts by range. */
    Map<Range, Long> counted(Map<FieldValue, Long> counts) {
        Map<Range, Long> ranges = new HashMap<>();
        counts.forEach((value, count) -> range(value).ifPresent(range -> ranges.merge(range, count, Long::sum)));
        return ranges;
    }
}
