package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.Comparison;
import dev.retailcrm.core.spi.ValueQuestion;
import java.io.IOException;
import java.time.LocalDate;
import java.time.Year;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.LongPredicate;
import org.joda.money.CurrencyUnit;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.BitSetUtil;
import org.roaringbitmap.RoaringBitmap;

/** Numbers, amounts, days or instants as slices; amounts of another currency and decimals of many digits one by one. Not thread-safe. */
final class NumberColumn implements Column {
    /** From so many numbers on it is faster to look at each customer. */
    private static final int MANY = 8;

    private static final int MONTH = 31;
    private static final int LEAP_DAY = 2 * MONTH + 29;

    /** Anniversaries within windows up to two years are found year by year. */
    private static final long LONG = 800;

    /** Numbers are counted by their place if places are no more than so many times the customers. */
    private static final int PLACES = 8;

    /** For so many days the answer is kept while a question is answered: 70 years. */
    private static final int DAYS = 1 << 16;

    private final FieldType type;
    private final Slices slices = new Slices();

    /** Of dates, which day of the year they are, in months of 31 days: for anniversaries. */
    private final Slices yearly = new Slices();

    private final ValueColumn odd;
    private @Nullable CurrencyUnit unit;

    NumberColumn(FieldType type, int most) {
        this.type = type;
        this.odd = new ValueColumn(most);
    }

    @Override
    public boolean set(int customer, @Nullable FieldValue value) {
        if (value != null && value.type() == FieldType.MONEY && unit == null) {
            unit = value.asMoney().getCurrencyUnit();
        }
        boolean fits = value != null && Scaled.fits(value, unit);
        if (value != null && fits) {
            slices.set(customer, Scaled.of(value));
            if (type == FieldType.DATE) {
                yearly.set(customer, dayOfYear(value.asDate()));
            }
        } else if (slices.has(customer)) {
            slices.clear(customer);
            yearly.clear(customer);
        }
        return odd.set(customer, fits ? null : value);
    }

    @Override
    public @Nullable FieldValue get(int customer) {
        return slices.has(customer) ? Scaled.value(type, unit, slices.get(customer)) : odd.get(customer);
    }

    @Override
    public RoaringBitmap where(ValueQuestion question, boolean folded) {
        RoaringBitmap found = Words.bitmap(words(question));
        found.or(odd.where(question, folded));
        return found;
    }

    private long[] words(ValueQuestion question) {
        if (question instanceof ValueQuestion.Compare it) {
            return compare(it.comparison(), it.value());
        } else if (question instanceof ValueQuestion.Between it) {
            boolean some = isMine(it.min()) && isMine(it.max()) && !isBeyond(it.min(), 1) && !isBeyond(it.max(), -1);
            return some ? slices.between(Scaled.ceiling(it.min()), Scaled.floor(it.max())) : new long[0];
        } else if (question instanceof ValueQuestion.In it) {
            return in(it.values(), it.negated());
        } else if (question instanceof ValueQuestion.Range it) {
            return slices.between(it.from(), it.to() - 1);
        }
        if (question instanceof ValueQuestion.Anniversary it
                && it.to() - it.from() > 0
                && it.to() - it.from() <= LONG) {
            return anniversaries(it.from(), it.to() - 1);
        }
        return slices.where(type == FieldType.DATE ? remembering(question) : at -> Asked.holds(question, type, at));
    }

    private static int dayOfYear(LocalDate date) {
        return date.getMonthValue() * MONTH + date.getDayOfMonth();
    }

    /** Year by year of the window: those of an earlier year whose day lies between. */
    private long[] anniversaries(long first, long last) {
        long[] found = new long[0];
        LocalDate start = LocalDate.ofEpochDay(first);
        LocalDate end = LocalDate.ofEpochDay(last);
        for (int year = start.getYear(); year <= end.getYear(); year++) {
            int from = year == start.getYear() ? dayOfYear(start) : 0;
            int to = year == end.getYear() ? dayOfYear(end) : 13 * MONTH;
            if (to == LEAP_DAY - 1 && !Year.isLeap(year)) {
                to = LEAP_DAY;
            }
            long[] days = yearly.between(from, to);
            long[] earlier =
                    slices.between(Long.MIN_VALUE, LocalDate.of(year, 1, 1).toEpochDay() - 1);
            long[] both = new long[Math.min(days.length, earlier.length)];
            for (int i = 0; i < both.length; i++) {
                both[i] = (days[i] & earlier[i]) | (i < found.length ? found[i] : 0);
            }
            found = both;
        }
        return found;
    }

    private boolean isMine(FieldValue literal) {
        return literal.type() == type
                && (type != FieldType.MONEY
                        || literal.asMoney().getCurrencyUnit().equals(unit));
    }

    private long[] compare(Comparison comparison, FieldValue literal) {
        if (!isMine(literal)) {
            return new long[0];
        }
        long floor = Scaled.floor(literal);
        long ceiling = Scaled.ceiling(literal);
        return switch (comparison) {
            case EQ -> isExact(literal) ? slices.between(floor, floor) : new long[0];
            case NE -> isExact(literal) ? rest(slices.between(floor, floor)) : slices.present();
            case LT -> isBeyond(literal, -1) ? new long[0] : isBeyond(literal, 1) ? slices.present() : below(ceiling);
            case LE -> isBeyond(literal, -1) ? new long[0] : slices.between(Long.MIN_VALUE, floor);
            case GT -> isBeyond(literal, 1) ? new long[0] : isBeyond(literal, -1) ? slices.present() : above(floor);
            case GE -> isBeyond(literal, 1) ? new long[0] : slices.between(ceiling, Long.MAX_VALUE);
        };
    }

    private long[] below(long bound) {
        return bound == Long.MIN_VALUE ? new long[0] : slices.between(Long.MIN_VALUE, bound - 1);
    }

    private long[] above(long bound) {
        return bound == Long.MAX_VALUE ? new long[0] : slices.between(bound + 1, Long.MAX_VALUE);
    }

    private boolean isExact(FieldValue literal) {
        return Scaled.fits(literal, unit);
    }

    /** Whether a decimal lies below (-1) or above (1) everything that is in slices. */
    private boolean isBeyond(FieldValue literal, int side) {
        return type == FieldType.DECIMAL
                && literal.asDecimal().signum() == side
                && literal.asDecimal()
                                .movePointRight(Scaled.DECIMALS)
                                .abs()
                                .compareTo(java.math.BigDecimal.valueOf(Long.MAX_VALUE))
                        > 0;
    }

    private long[] rest(long[] some) {
        long[] all = slices.present();
        for (int i = 0; i < some.length; i++) {
            all[i] &= ~some[i];
        }
        return all;
    }

    private long[] in(List<FieldValue> values, boolean negated) {
        Set<Long> numbers = new HashSet<>();
        values.stream().filter(it -> isMine(it) && isExact(it)).forEach(it -> numbers.add(Scaled.of(it)));
        long[] found = new long[slices.present().length];
        if (numbers.size() > MANY) {
            found = slices.where(numbers::contains);
        } else {
            for (long number : numbers) {
                long[] some = slices.between(number, number);
                for (int i = 0; i < some.length; i++) {
                    found[i] |= some[i];
                }
            }
        }
        return negated ? rest(found) : found;
    }

    private LongPredicate remembering(ValueQuestion question) {
        byte[] known = new byte[DAYS];
        int middle = DAYS / 4;
        return day -> {
            long place = day + middle;
            if (place < 0 || place >= DAYS) {
                return Asked.holds(question, type, day);
            }
            if (known[(int) place] == 0) {
                known[(int) place] = (byte) (Asked.holds(question, type, day) ? 1 : 2);
            }
            return known[(int) place] == 1;
        };
    }

    @Override
    public RoaringBitmap present() {
        RoaringBitmap all = Words.bitmap(slices.present());
        all.or(odd.present());
        return all;
    }

    @Override
    public void tally(RoaringBitmap customers, BiConsumer<FieldValue, Long> counted) {
        long places = slices.places();
        if (places <= PLACES * customers.getLongCardinality() && places < Integer.MAX_VALUE) {
            tallyByPlace(words(customers), (int) places, counted);
        } else {
            tallySorted(customers, counted);
        }
        odd.tally(customers, counted);
    }

    private void tallyByPlace(long[] customers, int places, BiConsumer<FieldValue, Long> counted) {
        int least = slices.hasNegative() ? -places / 2 : 0;
        int[] counts = new int[places];
        slices.each(customers, (customer, number) -> counts[(int) number - least]++);
        for (int place = 0; place < places; place++) {
            if (counts[place] != 0) {
                counted.accept(Scaled.value(type, unit, place + least), (long) counts[place]);
            }
        }
    }

    private void tallySorted(RoaringBitmap customers, BiConsumer<FieldValue, Long> counted) {
        long[] numbers = new long[customers.getCardinality()];
        int[] used = new int[1];
        slices.each(words(customers), (customer, number) -> numbers[used[0]++] = number);
        Arrays.sort(numbers, 0, used[0]);
        for (int from = 0; from < used[0]; ) {
            int to = from;
            while (to < used[0] && numbers[to] == numbers[from]) {
                to++;
            }
            counted.accept(Scaled.value(type, unit, numbers[from]), (long) (to - from));
            from = to;
        }
    }

    static long[] words(RoaringBitmap customers) {
        return customers.isEmpty()
                ? new long[0]
                : Arrays.copyOf(BitSetUtil.toLongArray(customers), Words.wordsFor(customers.last() + 1));
    }

    @Override
    public void trim(int size) {
        slices.trim(size);
        yearly.trim(size);
        odd.trim(size);
    }

    @Override
    public void write(IndexWriter out) throws IOException {
        out.text(unit == null ? "" : unit.getCode());
        slices.write(out);
        odd.write(out);
    }

    @Override
    public void read(IndexReader in) throws IOException {
        String code = in.text();
        unit = code.isEmpty() ? null : CurrencyUnit.of(code);
        slices.read(in);
        if (type == FieldType.DATE) {
            slices.each(
                    slices.present(), (customer, day) -> yearly.set(customer, dayOfYear(LocalDate.ofEpochDay(day))));
        }
        odd.read(in);
    }

    @Override
    public long bytes() {
        return slices.bytes() + yearly.bytes() + odd.bytes();
    }
}
