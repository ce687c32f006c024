package dev.retailcrm.audience.index;

import dev.retailcrm.audience.AudienceError;
import dev.retailcrm.core.field.FieldType;
import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.kernel.CrmException;
import dev.retailcrm.core.rule.RequiredFacts;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UTFDataFormatException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.RoaringBitmapWriter;

/** Reads what {@link IndexWriter} wrote, and believes none of it: what is read grows with what is there. Not thread-safe. */
final class IndexReader {
    private static final int STEP = 1 << 16;
    private static final int NAMES = 1 << 20;

    private final CRC32C checksum = new CRC32C();
    private final DataInputStream in;
    private int customers;

    IndexReader(InputStream source) {
        this.in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(source, 1 << 16), checksum));
    }

    /** The index, or a refusal with INDEX_CORRUPT. */
    IndexState read(IndexScope scope) throws IOException {
        try {
            return state(scope);
        } catch (EOFException | UTFDataFormatException e) {
            throw AudienceError.INDEX_CORRUPT.causedBy(e, "the index ends early or has text that is none");
        } catch (CrmException e) {
            throw e.code() == AudienceError.INDEX_CORRUPT || e.code() == AudienceError.INDEX_TOO_LARGE
                    ? e
                    : AudienceError.INDEX_CORRUPT.causedBy(e, "the index has values that are none");
        } catch (RuntimeException e) {
            throw AudienceError.INDEX_CORRUPT.causedBy(e, "the index has parts that do not fit together");
        }
    }

    private IndexState state(IndexScope scope) throws IOException {
        require(in.readLong() == IndexWriter.MAGIC, "no index of this version");
        long builtAt = in.readLong();
        require(builtAt >= 0, "no instant");
        require(facts().equals(scope.facts()), "saved for another scope");
        customers = in.readInt();
        require(customers >= 0, "no number of customers");
        IdTable ids = new IdTable();
        for (int i = 0; i < customers; i++) {
            long id = in.readLong();
            require(id > 0 && ids.find(id) < 0, "no id of a customer, or twice the same");
            ids.add(id);
        }
        var state = new IndexState(scope, builtAt, ids, set(), new IndexColumns(scope, builtAt));
        state.columns().read(this, state);
        long sum = checksum.getValue();
        require(in.readLong() == sum, "not as it was saved");
        state.seal();
        return state;
    }

    static void require(boolean sound, String problem) {
        if (!sound) {
            throw AudienceError.INDEX_CORRUPT.because("not an index: %s", problem);
        }
    }

    private RequiredFacts facts() throws IOException {
        Set<String> fields = names();
        Set<String> tags = names();
        Set<String> audiences = names();
        Set<String> types = names();
        Map<String, Set<String>> events = new HashMap<>();
        for (String type : types) {
            events.put(type, names());
        }
        return RequiredFacts.of(fields, tags, events, audiences);
    }

    private Set<String> names() throws IOException {
        int number = number(NAMES);
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < number; i++) {
            names.add(in.readUTF());
        }
        return names;
    }

    boolean flag() throws IOException {
        return in.readBoolean();
    }

    String text() throws IOException {
        return in.readUTF();
    }

    /** A number of 0 or more, and not more than a bound. */
    int number(long most) throws IOException {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int part = in.readUnsignedByte();
            number |= (long) (part & 0x7F) << shift;
            if (part <= 0x7F) {
                require(number <= most, "a number is out of its range");
                return (int) number;
            }
        }
        throw AudienceError.INDEX_CORRUPT.because("not an index: a number has no end");
    }

    /** A customer's number. */
    int customer() throws IOException {
        return number(customers - 1L);
    }

    int customers() {
        return customers;
    }

    long whole() throws IOException {
        return in.readLong();
    }

    long[] words() throws IOException {
        int number = number(Words.wordsFor(customers));
        long[] words = new long[Math.min(number, STEP)];
        for (int i = 0; i < number; i++) {
            if (i == words.length) {
                words = Arrays.copyOf(words, Math.min(number, 2 * i));
            }
            words[i] = in.readLong();
        }
        boolean beyond = number == Words.wordsFor(customers)
                && (customers & 63) != 0
                && (words[number - 1] >>> (customers & 63)) != 0;
        require(!beyond, "a customer that is none");
        return words;
    }

    RoaringBitmap set() throws IOException {
        int number = number(customers);
        RoaringBitmapWriter<RoaringBitmap> set = RoaringBitmapWriter.writer().get();
        long customer = 0;
        for (int i = 0; i < number; i++) {
            int distance = number(Integer.MAX_VALUE);
            require(i == 0 || distance > 0, "a customer twice");
            customer += distance;
            require(customer < customers, "a customer that is none");
            set.add((int) customer);
        }
        return set.get();
    }

    FieldValue value() throws IOException {
        return switch (FieldType.valueOf(in.readUTF())) {
            case TEXT -> FieldValue.unchanged(in.readUTF());
            case LONG -> FieldValue.number(in.readLong());
            case DECIMAL -> FieldValue.decimal(new BigDecimal(in.readUTF()));
            case MONEY -> FieldValue.money(Money.ofMinor(CurrencyUnit.of(in.readUTF()), in.readLong()));
            case DATE -> FieldValue.date(LocalDate.ofEpochDay(in.readLong()));
            case INSTANT -> FieldValue.instant(Instant.ofEpochMilli(in.readLong()));
            case BOOLEAN -> FieldValue.flag(in.readBoolean());
            case CHOICE -> FieldValue.choice(in.readUTF());
            case MULTI_CHOICE -> FieldValue.choices(new HashSet<>(names()));
        };
    }

    /** Values with who has them. */
    List<Map.Entry<FieldValue, RoaringBitmap>> sets(int most) throws IOException {
        int number = number(most);
        List<Map.Entry<FieldValue, RoaringBitmap>> sets = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            FieldValue value = value();
            sets.add(Map.entry(value, set()));
        }
        return sets;
    }

    void marks(Marks marks) throws IOException {
        RoaringBitmap holders = set();
        int timed = number(Integer.MAX_VALUE);
        int[] who = new int[Math.min(timed, STEP)];
        long[] from = new long[who.length];
        long[] until = new long[who.length];
        for (int i = 0; i < timed; i++) {
            if (i == who.length) {
                int size = (int) Math.min(timed, 2L * i);
                who = Arrays.copyOf(who, size);
                from = Arrays.copyOf(from, size);
                until = Arrays.copyOf(until, size);
            }
            who[i] = customer();
            from[i] = in.readLong();
            until[i] = in.readLong();
            require(holders.contains(who[i]) && (i == 0 || who[i - 1] <= who[i]), "a time of nobody");
        }
        marks.restore(holders, who, from, until);
    }
}
