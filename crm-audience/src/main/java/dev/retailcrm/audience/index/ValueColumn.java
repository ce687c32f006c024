package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.ValueQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.FastAggregation;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Few different values: a bitmap for each, and its code for each customer. Not thread-safe. */
final class ValueColumn implements Column {
    /** From so many bitmaps on it is faster to look at all codes. */
    private static final int MANY = 24;

    private final Dictionary dictionary;
    private final Codes codes = new Codes();
    private final List<RoaringBitmap> holders = new ArrayList<>();
    private final RoaringBitmap present = new RoaringBitmap();

    ValueColumn(int most) {
        this.dictionary = new Dictionary(most);
        holders.add(new RoaringBitmap());
    }

    @Override
    public boolean set(int customer, @Nullable FieldValue value) {
        int old = codes.get(customer);
        if (old != 0) {
            if (value != null && Objects.equals(value, dictionary.value(old))) {
                return true;
            }
            holders.get(old).remove(customer);
            if (dictionary.release(old)) {
                holders.set(old, new RoaringBitmap());
            }
            codes.set(customer, 0);
            present.remove(customer);
        }
        if (value == null) {
            return true;
        }
        int code = dictionary.acquire(value);
        if (code == 0) {
            return false;
        }
        while (code >= holders.size()) {
            holders.add(new RoaringBitmap());
        }
        holders.get(code).add(customer);
        codes.set(customer, code);
        present.add(customer);
        return true;
    }

    @Override
    public @Nullable FieldValue get(int customer) {
        return dictionary.value(codes.get(customer));
    }

    @Override
    public RoaringBitmap where(ValueQuestion question, boolean folded) {
        boolean[] pass = new boolean[dictionary.bound()];
        int passing = 0;
        for (int code = 1; code < pass.length; code++) {
            FieldValue value = dictionary.value(code);
            if (value != null && Asked.holds(question, value, folded ? dictionary.folded(code) : null)) {
                pass[code] = true;
                passing++;
            }
        }
        int failing = dictionary.size() - passing;
        if (failing == 0) {
            return present.clone();
        } else if (passing <= MANY) {
            return union(pass, true);
        } else if (failing <= MANY) {
            return RoaringBitmap.andNot(present, union(pass, false));
        }
        return Words.bitmap(codes.words(pass));
    }

    private RoaringBitmap union(boolean[] pass, boolean wanted) {
        List<RoaringBitmap> some = new ArrayList<>();
        for (int code = 1; code < pass.length; code++) {
            if (pass[code] == wanted) {
                some.add(holders.get(code));
            }
        }
        return some.size() == 1 ? some.get(0).clone() : FastAggregation.or(some.iterator());
    }

    @Override
    public RoaringBitmap present() {
        return present.clone();
    }

    @Override
    public void tally(RoaringBitmap customers, BiConsumer<FieldValue, Long> counted) {
        if (dictionary.size() <= MANY) {
            for (int code = 1; code < dictionary.bound(); code++) {
                tell(code, RoaringBitmap.andCardinality(holders.get(code), customers), counted);
            }
            return;
        }
        int[] counts = new int[dictionary.bound()];
        PeekableIntIterator each = customers.getIntIterator();
        while (each.hasNext()) {
            counts[codes.get(each.next())]++;
        }
        for (int code = 1; code < counts.length; code++) {
            tell(code, counts[code], counted);
        }
    }

    private void tell(int code, long count, BiConsumer<FieldValue, Long> counted) {
        FieldValue value = dictionary.value(code);
        if (value != null && count > 0) {
            counted.accept(value, count);
        }
    }

    @Override
    public void trim(int size) {
        codes.trim(size);
        holders.forEach(RoaringBitmap::runOptimize);
        holders.forEach(RoaringBitmap::trim);
        present.runOptimize();
        present.trim();
    }

    @Override
    public void write(IndexWriter out) throws IOException {
        Map<FieldValue, RoaringBitmap> sets = new LinkedHashMap<>();
        for (int code = 1; code < dictionary.bound(); code++) {
            FieldValue value = dictionary.value(code);
            if (value != null) {
                sets.put(value, holders.get(code));
            }
        }
        out.sets(sets);
    }

    @Override
    public void read(IndexReader in) throws IOException {
        for (Map.Entry<FieldValue, RoaringBitmap> set : in.sets(dictionary.most())) {
            for (int customer : set.getValue()) {
                IndexReader.require(get(customer) == null, "two values of one customer");
                set(customer, set.getKey());
            }
        }
    }

    @Override
    public long bytes() {
        return codes.memory()
                + dictionary.bytes()
                + present.getLongSizeInBytes()
                + holders.stream().mapToLong(RoaringBitmap::getLongSizeInBytes).sum();
    }
}
