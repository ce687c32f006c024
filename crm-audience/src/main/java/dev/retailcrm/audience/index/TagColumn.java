package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.MarkFact;
import dev.retailcrm.core.spi.ValueQuestion;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A tag or an audience: who has it when, and with what value. Not thread-safe. */
final class TagColumn {
    private final Marks marks = new Marks();
    private final Map<FieldValue, RoaringBitmap> values = new HashMap<>();
    private final int most;
    private final long builtAt;

    TagColumn(int most, long builtAt) {
        this.most = most;
        this.builtAt = builtAt;
    }

    /** Gives her the tag in the place of hers; {@code null} takes it away. Answers false if there are too many values. */
    boolean set(int customer, @Nullable MarkFact mark) {
        if (marks.has(customer)) {
            marks.remove(customer);
            values.values().forEach(holders -> holders.remove(customer));
            values.values().removeIf(RoaringBitmap::isEmpty);
        }
        if (mark == null) {
            return true;
        }
        marks.add(customer, start(mark, builtAt), end(mark));
        FieldValue value = mark.value();
        if (value != null) {
            if (values.size() >= most && !values.containsKey(value)) {
                return false;
            }
            values.computeIfAbsent(value, first -> new RoaringBitmap()).add(customer);
        }
        return true;
    }

    /** What began before the index is asked about always was so. */
    static long start(MarkFact mark, long builtAt) {
        long from = mark.from().toEpochMilli();
        return from <= builtAt ? Marks.ALWAYS : from;
    }

    static long end(MarkFact mark) {
        Instant until = mark.until();
        return until == null ? Marks.FOREVER : until.toEpochMilli();
    }

    void write(IndexWriter out) throws IOException {
        out.marks(marks);
        out.sets(values);
    }

    void read(IndexReader in) throws IOException {
        in.marks(marks);
        in.sets(most).forEach(set -> values.put(set.getKey(), set.getValue()));
    }

    RoaringBitmap at(long millis) {
        return marks.at(millis);
    }

    /** Those who have it with a value that is as asked; {@code null} asks whether there is one. */
    RoaringBitmap where(FieldType type, @Nullable ValueQuestion question, long millis) {
        RoaringBitmap found = new RoaringBitmap();
        values.forEach((value, holders) -> {
            if (value.type() == type && (question == null || Asked.holds(question, value, null))) {
                found.or(holders);
            }
        });
        found.and(marks.at(millis));
        return found;
    }

    void trim() {
        marks.trim();
        values.values().forEach(RoaringBitmap::trim);
    }

    long bytes() {
        return marks.bytes()
                + values.values().stream()
                        .mapToLong(it -> 200 + it.getLongSizeInBytes())
                        .sum();
    }
}
