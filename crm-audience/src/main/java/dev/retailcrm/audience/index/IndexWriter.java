package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.RequiredFacts;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Collection;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.roaringbitmap.RoaringBitmap;

/** Writes an index, with a checksum at its end; {@link IndexReader} knows the same order. Not thread-safe. */
final class IndexWriter {
    static final long MAGIC = 0x63726d6964783031L;

    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;

    IndexWriter(OutputStream target) {
        this.out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(target, 1 << 16), checksum));
    }

    void write(IndexState state) throws IOException {
        out.writeLong(MAGIC);
        out.writeLong(state.builtAt());
        facts(state.scope().facts());
        out.writeInt(state.ids().size());
        for (int i = 0; i < state.ids().size(); i++) {
            out.writeLong(state.ids().id(i));
        }
        set(state.live());
        state.columns().write(this);
        out.writeLong(checksum.getValue());
        out.flush();
    }

    private void facts(RequiredFacts facts) throws IOException {
        names(facts.fields());
        names(facts.tags());
        names(facts.audiences());
        names(facts.events());
        for (String event : facts.events()) {
            names(facts.properties(event));
        }
    }

    private void names(Collection<String> names) throws IOException {
        number(names.size());
        for (String name : names) {
            out.writeUTF(name);
        }
    }

    void flag(boolean yes) throws IOException {
        out.writeBoolean(yes);
    }

    void text(String text) throws IOException {
        out.writeUTF(text);
    }

    /** A number of 0 or more, seven bits a byte. */
    void number(long number) throws IOException {
        long rest = number;
        while (rest > 0x7F) {
            out.write(((int) (rest & 0x7F)) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    void whole(long number) throws IOException {
        out.writeLong(number);
    }

    /** Words, without those at the end that nobody is in. */
    void words(long[] words) throws IOException {
        int used = words.length;
        while (used > 0 && words[used - 1] == 0) {
            used--;
        }
        number(used);
        for (int i = 0; i < used; i++) {
            out.writeLong(words[i]);
        }
    }

    /** Customers by their distances. */
    void set(RoaringBitmap customers) throws IOException {
        number(customers.getCardinality());
        int last = 0;
        for (int customer : customers) {
            number(customer - last);
            last = customer;
        }
    }

    void sets(Map<FieldValue, RoaringBitmap> values) throws IOException {
        number(values.size());
        for (Map.Entry<FieldValue, RoaringBitmap> value : values.entrySet()) {
            value(value.getKey());
            set(value.getValue());
        }
    }

    void value(FieldValue value) throws IOException {
        out.writeUTF(value.type().name());
        switch (value.type()) {
            case TEXT -> out.writeUTF(value.asText());
            case LONG -> out.writeLong(value.asLong());
            case DECIMAL -> out.writeUTF(value.asDecimal().toPlainString());
            case MONEY -> {
                out.writeUTF(value.asMoney().getCurrencyUnit().getCode());
                out.writeLong(value.asMoney().getAmountMinorLong());
            }
            case DATE -> out.writeLong(value.asDate().toEpochDay());
            case INSTANT -> out.writeLong(value.asInstant().toEpochMilli());
            case BOOLEAN -> out.writeBoolean(value.asBoolean());
            case CHOICE -> out.writeUTF(value.asChoice());
            case MULTI_CHOICE -> names(value.asChoices());
        }
    }

    void marks(Marks marks) throws IOException {
        set(marks.holders());
        number(marks.timed());
        for (int i = 0; i < marks.timed(); i++) {
            number(marks.who(i));
            out.writeLong(marks.from(i));
            out.writeLong(marks.until(i));
        }
    }
}
