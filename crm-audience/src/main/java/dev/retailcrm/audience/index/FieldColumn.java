package dev.retailcrm.audience.index;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.spi.ValueQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A field: values that stay, and values that time alone changes. Not thread-safe. */
final class FieldColumn {
    private final Column plain;
    private final Map<FieldValue, Marks> timed = new HashMap<>();
    private final RoaringBitmap changing = new RoaringBitmap();
    private final int most;
    private final boolean several;

    FieldColumn(FieldType type, int most) {
        this.most = most;
        this.several = type == FieldType.MULTI_CHOICE;
        this.plain = type.isOrdered() ? new NumberColumn(type, most) : new ValueColumn(most);
    }

    boolean set(int customer, @Nullable FieldValue value) {
        still(customer);
        return plain.set(customer, value);
    }

    private void still(int customer) {
        if (changing.checkedRemove(customer)) {
            timed.values().forEach(it -> it.remove(customer));
            timed.values().removeIf(Marks::isEmpty);
        }
    }

    /** Gives her values that change, of which at each instant the first counts that is. */
    boolean set(int customer, List<MarkFact> values, long builtAt) {
        set(customer, null);
        changing.add(customer);
        for (Stretch stretch : stretches(values, builtAt)) {
            if (timed.size() >= most && !timed.containsKey(stretch.value())) {
                return false;
            }
            timed.computeIfAbsent(stretch.value(), first -> new Marks()).add(customer, stretch.from(), stretch.until());
        }
        return true;
    }

    private record Stretch(FieldValue value, long from, long until) {}

    private static List<Stretch> stretches(List<MarkFact> values, long builtAt) {
        TreeSet<Long> edges = new TreeSet<>();
        edges.add(Marks.FOREVER);
        for (MarkFact value : values) {
            edges.add(TagColumn.start(value, builtAt));
            edges.add(TagColumn.end(value));
        }
        List<Stretch> all = new ArrayList<>();
        for (long from : edges) {
            Long until = edges.higher(from);
            FieldValue value = until == null ? null : first(values, from, builtAt);
            if (value != null && until != null) {
                all.add(new Stretch(value, from, until));
            }
        }
        return all;
    }

    private static @Nullable FieldValue first(List<MarkFact> values, long at, long builtAt) {
        for (MarkFact value : values) {
            if (at >= TagColumn.start(value, builtAt) && at < TagColumn.end(value)) {
                return value.value();
            }
        }
        return null;
    }

    RoaringBitmap where(ValueQuestion question, boolean folded, long millis) {
        RoaringBitmap found = plain.where(question, folded);
        timed.forEach((value, marks) -> {
            if (Asked.holds(question, value, null)) {
                found.or(marks.at(millis));
            }
        });
        return found;
    }

    RoaringBitmap present(long millis) {
        RoaringBitmap found = plain.present();
        timed.values().forEach(marks -> found.or(marks.at(millis)));
        return found;
    }

    /** Counts the values of some customers at an instant, of several options each. */
    Map<FieldValue, Long> tally(RoaringBitmap customers, long millis) {
        if (timed.isEmpty() && !several) {
            ImmutableMap.Builder<FieldValue, Long> once = ImmutableMap.builder();
            plain.tally(customers, once::put);
            return once.buildOrThrow();
        }
        Map<FieldValue, Long> counts = new HashMap<>();
        BiConsumer<FieldValue, Long> counted =
                (value, count) -> value.items().forEach(item -> counts.merge(item, count, Long::sum));
        plain.tally(customers, counted);
        timed.forEach((value, marks) -> {
            long count = RoaringBitmap.andCardinality(marks.at(millis), customers);
            if (count > 0) {
                counted.accept(value, count);
            }
        });
        return ImmutableMap.copyOf(counts);
    }

    void trim(int size) {
        plain.trim(size);
        timed.values().forEach(Marks::trim);
    }

    void write(IndexWriter out) throws IOException {
        plain.write(out);
        out.set(changing);
        out.number(timed.size());
        for (Map.Entry<FieldValue, Marks> each : timed.entrySet()) {
            out.value(each.getKey());
            out.marks(each.getValue());
        }
    }

    void read(IndexReader in) throws IOException {
        plain.read(in);
        changing.or(in.set());
        int number = in.number(most);
        for (int i = 0; i < number; i++) {
            Marks marks = new Marks();
            timed.put(in.value(), marks);
            in.marks(marks);
        }
    }

    long bytes() {
        return plain.bytes()
                + changing.getLongSizeInBytes()
                + timed.values().stream().mapToLong(it -> 200 + it.bytes()).sum();
    }
}
