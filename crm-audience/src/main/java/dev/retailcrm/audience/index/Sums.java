package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.spi.SumQuestion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** Sums and means of a property: in whole numbers where nothing can overflow, else in decimals. Exact in both. Not thread-safe. */
final class Sums {
    /** Customers of one part. */
    private static final int PART_BITS = 12;

    private static final int PART = 1 << PART_BITS;

    private static final long UNKNOWN = Long.MIN_VALUE;
    private static final long NOTHING = Long.MAX_VALUE;

    private final EventSets sets;
    private final SumQuestion asked;
    private final int property;
    private final Dictionary dictionary;
    private final int scale;
    private final boolean uniform;
    private final long[] tens;
    private final long[] known;

    Sums(EventSets sets, SumQuestion asked) {
        this.sets = sets;
        this.asked = asked;
        this.property = sets.table().property(asked.property());
        this.dictionary = sets.table().dictionary(property);
        BigDecimal max = asked.max();
        this.scale = Math.max(
                Math.max(dictionary.scale(), asked.value().scale()), Math.max(0, max == null ? 0 : max.scale()));
        this.tens = new long[scale + 1];
        tens[0] = 1;
        for (int i = 1; i <= scale; i++) {
            tens[i] = 10 * tens[i - 1];
        }
        this.uniform = dictionary.isAll(asked.type(), asked.currency());
        this.known = new long[uniform ? 1 : dictionary.bound()];
        Arrays.fill(known, UNKNOWN);
        known[0] = NOTHING;
    }

    RoaringBitmap among(long from, long to, RoaringBitmap some) {
        boolean none = asked.holds(BigDecimal.ZERO, 0);
        boolean whole = isWhole();
        long few = sets.table().between(from, to) / EventSets.CUSTOMER;
        if (whole && isRunning() && some.getLongCardinality() > sets.table().customers() / EventSets.CUSTOMER) {
            RoaringBitmap single = RoaringBitmap.and(
                    some, RoaringBitmap.or(running().great(), sets.table().many()));
            if (single.getLongCardinality() <= few) {
                RoaringBitmap found = running(from, to, none, some);
                found.andNot(single);
                found.or(oneByOne(from, to, none, single));
                return found;
            }
        }
        if (whole && some.getLongCardinality() > few) {
            return byDay(from, to, none, some);
        }
        return oneByOne(from, to, none, some);
    }

    private RoaringBitmap oneByOne(long from, long to, boolean none, RoaringBitmap some) {
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

    private RunningSums running() {
        return sets.table().sums(property);
    }

    /** Whether what is asked is told by sums of all events, in units no smaller than theirs. */
    private boolean isRunning() {
        return sets.filter().isOpen()
                && !asked.mean()
                && (asked.comparison() != Comparison.NE || asked.max() == null)
                && uniform
                && scale == dictionary.scale()
                && running().isKept();
    }

    private RoaringBitmap running(long from, long to, boolean none, RoaringBitmap some) {
        int[] sums = running().between(from, to);
        BigDecimal max = asked.max();
        long value = scaled(asked.value());
        long most = max == null ? Long.MAX_VALUE : scaled(max);
        long least = switch (asked.comparison()) {
            case LT, LE -> Integer.MIN_VALUE;
            case GT -> value + 1;
            default -> value;
        };
        long greatest = switch (asked.comparison()) {
            case LT -> value - 1;
            case LE, EQ, NE -> value;
            default -> Integer.MAX_VALUE;
        };
        boolean outside = none != (asked.comparison() == Comparison.NE);
        RoaringBitmap other = Words.bitmap(between(sums, least, Math.min(greatest, most), outside));
        return none ? RoaringBitmap.andNot(some, other) : RoaringBitmap.and(some, other);
    }

    /** Those whose sum lies between, both inclusive, or outside. */
    private static long[] between(int[] sums, long least, long greatest, boolean outside) {
        long[] words = new long[Words.wordsFor(sums.length)];
        long within = outside ? 1 : 0;
        for (int word = 0; word < words.length; word++) {
            int from = word << 6;
            int to = Math.min(sums.length, from + 64);
            long bits = 0;
            for (int i = from; i < to; i++) {
                long beyond = ((sums[i] - least) | (greatest - sums[i])) >>> 63;
                bits |= (1 ^ beyond ^ within) << i;
            }
            words[word] = bits;
        }
        return words;
    }

    /** About how many events are looked at. */
    long effort(long from, long to) {
        long events = sets.table().between(from, to);
        return sets.table().customers()
                + (isRunning() ? Math.min(events, running().apart()) : events);
    }

    /** Whether every sum, and the value so many times, is a whole number of 51 bits when scaled. */
    private boolean isWhole() {
        BigDecimal max = asked.max();
        int digits = Math.max(dictionary.digits(), digits(asked.value()));
        digits = Math.max(digits, max == null ? 0 : digits(max));
        return scale + digits + Long.toString(sets.table().size()).length() <= 15;
    }

    private static int digits(BigDecimal number) {
        return Math.max(1, number.precision() - number.scale());
    }

    private RoaringBitmap byDay(long from, long to, boolean none, RoaringBitmap some) {
        EventTable table = sets.table();
        EventFilter filter = sets.filter();
        long[] possible = NumberColumn.words(possible(from, to, some));
        int parts = (table.customers() >>> PART_BITS) + 1;
        int[] ends = new int[parts + 1];
        table.each(from, to, (day, first, last) -> {
            for (int row = first; row < last; row++) {
                ends[(day.who(row) >>> PART_BITS) + 1] += Words.has(possible, day.who(row)) ? 1 : 0;
            }
        });
        for (int part = 0; part < parts; part++) {
            ends[part + 1] += ends[part];
        }
        long[] values = new long[ends[parts]];
        int[] next = ends.clone();
        table.each(from, to, (day, first, last) -> {
            for (int row = first; row < last; row++) {
                boolean asks = Words.has(possible, day.who(row)) && filter.passes(day, row);
                long value = asks ? whole(day.code(property, row)) : NOTHING;
                if (value != NOTHING) {
                    int who = day.who(row);
                    values[next[who >>> PART_BITS]++] = (value << PART_BITS) | (who & (PART - 1));
                }
            }
        });
        long[] words = new long[parts << (PART_BITS - 6)];
        for (int part = 0; part < parts; part++) {
            sum(values, ends[part], next[part], words, part, none);
        }
        RoaringBitmap other = Words.bitmap(words);
        return none ? RoaringBitmap.andNot(some, other) : RoaringBitmap.and(some, other);
    }

    /** Where a sum must be great and no part is below 0, those who have events enough even if each were the greatest. */
    private RoaringBitmap possible(long from, long to, RoaringBitmap some) {
        boolean great = asked.comparison() == Comparison.GE || asked.comparison() == Comparison.GT;
        if (asked.mean()
                || !great
                || asked.value().signum() <= 0
                || dictionary.least().signum() < 0) {
            return some;
        }
        if (dictionary.greatest().signum() == 0) {
            return new RoaringBitmap();
        }
        BigDecimal least = asked.value().divide(dictionary.greatest(), 0, RoundingMode.CEILING);
        if (least.compareTo(BigDecimal.ONE) <= 0) {
            return some;
        }
        long number = least.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact();
        boolean[] pass = new boolean[256];
        for (int i = 0; i < pass.length; i++) {
            pass[i] = i >= number;
        }
        return sets.counted(from, to, pass, it -> it >= number, some);
    }

    /** Adds up what customers of one part have, so few that all of them stay near the processor, and marks those whose answer is not that of nothing. */
    private void sum(long[] values, int from, int to, long[] words, int part, boolean none) {
        long[] sums = new long[PART];
        int[] numbers = new int[PART];
        for (int i = from; i < to; i++) {
            int who = (int) values[i] & (PART - 1);
            sums[who] += values[i] >> PART_BITS;
            numbers[who]++;
        }
        long value = scaled(asked.value());
        BigDecimal max = asked.max();
        long most = max == null ? 0 : scaled(max);
        for (int i = 0; i < PART; i++) {
            long times = asked.mean() ? numbers[i] : 1;
            boolean holds = times > 0
                    && holds(asked.comparison(), sums[i], value * times)
                    && (max == null || sums[i] <= most * times);
            words[(part << (PART_BITS - 6)) + (i >>> 6)] |= holds != none ? 1L << i : 0;
        }
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
        if (uniform) {
            return code == 0 ? NOTHING : dictionary.whole(code, tens);
        }
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
                        || value.asMoney()
                                .getCurrencyUnit()
                                .equals(Objects.requireNonNull(asked.currency(), "currency"))
                ? Scaled.number(value)
                : null;
    }
}
