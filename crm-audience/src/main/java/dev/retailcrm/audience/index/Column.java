package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.spi.ValueQuestion;
import java.io.IOException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** The values of one field, of those who have one. Not thread-safe, but readers do not disturb one another. */
interface Column {
    /** Gives a customer a value in the place of hers; {@code null} takes it away. Answers false if there are too many values. */
    boolean set(int customer, @Nullable FieldValue value);

    @Nullable
    FieldValue get(int customer);

    /** Those whose value is as asked. */
    RoaringBitmap where(ValueQuestion question, boolean folded);

    /** Those who have one. */
    RoaringBitmap present();

    /** Counts the values of some customers, each value once, numbers in their order. */
    void tally(RoaringBitmap customers, BiConsumer<FieldValue, Long> counted);

    void trim(int size);

    long bytes();

    void write(IndexWriter out) throws IOException;

    void read(IndexReader in) throws IOException;
}
