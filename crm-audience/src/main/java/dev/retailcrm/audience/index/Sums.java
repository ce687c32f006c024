package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.spi.SumQuestion;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Sums and means of a property: in whole numbers where nothing can overflow, else in decimals. Exact in both. Not thread-safe. */
final class Sums {
    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long NOTHING = Long.MAX_VALUE;

    private final EventSets sets;
    private final SumQuestion asked;
    private final int property;
    private final Dictionary dictionary;
    private final int scale;
    private final long[] known;

    Sums(EventSets sets, SumQuestion asked) {
        this.sets = sets;
        this.asked = asked;
        this.property = sets.table().property(asked.property());
        this.dictionary = sets.table().dictionary(property);
        BigDecimal max = asked.max();
        this.scale = Math.max(
                Math.max(dictionary.scale(), asked.value().scale()), Math.max(0, max == null ? 0 : max.scale()));
        this.known = new long[dictionary.bound()];
        Arrays.fill(known, UNKNOWN);
        known[0] = NOTHING;
    }

    RoaringBitmap among(long from, long to, RoaringBitmap some) {
        boolean none = asked.holds(BigDecimal.ZERO, 0);
        boolean whole = isWhole();
        if (whole && some.getLongCardinality() * 25 > sets.table().between(from, to)) {
            return byDay(from, to, none, some);
        }
        return sets.each(some, none, (segment, customer) -> {
            int last = segment.first(customer, to);
            long number = 0;
            BigDecimal sum = BigDecimal.ZERO;
            for (int row = segment.first(customer, from); row < last; row++) {
                BigDecimal part = sets.filter().passes(segment, row) ? part(segment.code(property, row)) : null;
                if (part != null) {
                    sum = sum.add(part);
                    number++;
                }
            }
            return asked.holds(sum, number);
        });
    }

    /** Whether every sum, and the value so many times, is a whole number of 62 bits when scaled. */
    private boolean isWhole() {
        BigDecimal max = asked.max();
        int digits = Math.max(dictionary.digits(), digits(asked.value()));
        digits = Math.max(digits, max == null ? 0 : digits(max));
        return scale + digits + Long.toString(sets.table().size()).length() <= 18;
    }

    private static int digits(BigDecimal number) {
        return Math.max(1, number.precision() - number.scale());
    }

    private RoaringBitmap byDay(long from, long to, boolean none, RoaringBitmap some) {
        EventTable table = sets.table();
        EventFilter filter = sets.filter();
        long[] sums = new long[table.customers()];
        int[] numbers = new int[asked.mean() ? sums.length : 0];
        table.each(from, to, (day, first, last) -> {
            for (int row = first; row < last; row++) {
                if (filter.passes(day, row)) {
                    long value = whole(day.code(property, row));
                    if (value != NOTHING) {
                        sums[day.who(row)] += value;
                        if (asked.mean()) {
                            numbers[day.who(row)]++;
                        }
                    }
                }
            }
        });
        long value = scaled(asked.value());
        BigDecimal max = asked.max();
        long most = max == null ? Long.MAX_VALUE : scaled(max);
        long[] words = new long[Words.wordsFor(sums.length)];
        for (int i = 0; i < sums.length; i++) {
            boolean holds = asked.mean()
                    ? numbers[i] > 0
                            && holds(asked.comparison(), sums[i], value * numbers[i])
                            && (max == null || sums[i] <= most * numbers[i])
                    : holds(asked.comparison(), sums[i], value) && sums[i] <= most;
            words[i >>> 6] |= holds != none ? 1L << i : 0;
        }
        RoaringBitmap other = Words.bitmap(words);
        return none ? RoaringBitmap.andNot(some, other) : RoaringBitmap.and(some, other);
    }

    private static boolean holds(Comparison comparison, long sum, long value) {
        return switch (comparison) {
            case EQ -> sum == value;
            case NE -> sum != value;
            case LT -> sum < value;
            case LE -> sum <= value;
            case GT -> sum > value;
            case GE -> sum >= value;
        };
    }

    private long scaled(BigDecimal number) {
        return number.movePointRight(scale).longValueExact();
    }

    private long whole(int code) {
        long value = known[code];
        if (value == UNKNOWN) {
            BigDecimal part = part(code);
            value = part == null ? NOTHING : scaled(part);
            known[code] = value;
        }
        return value;
    }

    private @Nullable BigDecimal part(int code) {
        FieldValue value = code == 0 ? null : dictionary.value(code);
        if (value == null || value.type() != asked.type()) {
            return null;
        }
        return value.type() != FieldType.MONEY
                        || value.asMoney().getCurrencyUnit().equals(Objects.requireNonNull(asked.currency(), "currency"))
                ? Scaled.number(value)
                : null;
    }
}
