package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldValue;
import dev.retailcrm.core.rule.EventFact;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/**
 * The events of one type: by customer, by day, and how many each customer had by some days. Properties are codes of dictionaries, 0 for none. Not
 * thread-safe, but readers do not disturb one another.
 */
final class EventTable {
    /** Up to so many events of one customer are counted in a byte. */
    static final int MOST = 255;

    /** How many events lie between two days up to which all are counted, at the least. */
    private final int leastApart;

    /** The same where counts of all customers take no more than an eighth of a byte of each event. */
    private long apart;

    private final List<String> properties;
    private final Dictionary[] dictionaries;
    private final boolean[] overflown;
    private final List<Segment> segments = new ArrayList<>();
    private final TreeMap<Long, Day> days = new TreeMap<>();
    private final RoaringBitmap many = new RoaringBitmap();
    private final TreeMap<Long, byte[]> counted = new TreeMap<>();
    private final RunningSums[] sums;
    private byte[] totals = new byte[0];
    private long size;
    private boolean sealed;

    EventTable(Collection<String> properties, int most, int apart) {
        this.leastApart = apart;
        this.apart = apart;
        this.properties = List.copyOf(properties);
        this.dictionaries = new Dictionary[properties.size()];
        Arrays.setAll(dictionaries, i -> new Dictionary(most));
        this.overflown = new boolean[properties.size()];
        this.sums = new RunningSums[properties.size()];
        Arrays.setAll(sums, i -> new RunningSums(this, i));
    }

    /** Puts her events in the place of those she had. */
    void set(int customer, List<EventFact> events) {
        Segment segment = segment(customer);
        int from = segment.start(customer);
        int to = segment.end(customer);
        if (events.isEmpty() && from == to) {
            return;
        }
        long[] times = new long[events.size()];
        int[][] codes = new int[dictionaries.length][events.size()];
        for (int i = 0; i < times.length; i++) {
            EventFact event = events.get(i);
            times[i] = event.at().toEpochMilli();
            for (int p = 0; p < codes.length; p++) {
                codes[p][i] = code(p, event.properties().get(properties.get(p)));
            }
        }
        replace(customer, times, codes);
    }

    /** One event more of a customer, behind those of the same instant. */
    void add(int customer, EventFact event) {
        Segment segment = segment(customer);
        long at = event.at().toEpochMilli();
        int place = segment.first(customer, at + 1);
        long[] times = {at};
        int[][] codes = new int[dictionaries.length][1];
        for (int p = 0; p < codes.length; p++) {
            codes[p][0] = code(p, event.properties().get(properties.get(p)));
        }
        segment.replace(customer, place, place, times, codes, 0);
        counted(customer, at, 1);
        for (int p = 0; p < codes.length; p++) {
            sums[p].count(customer, at, codes[p][0], 1);
        }
        day(at).insert(customer, at, codes, 0);
        size++;
        mark(customer, segment);
    }

    /** Rows by codes that were acquired. */
    void replace(int customer, long[] times, int[][] codes) {
        Segment segment = segment(customer);
        int from = segment.start(customer);
        int to = segment.end(customer);
        int same = 0;
        while (same < times.length && from + same < to && isSame(segment, from + same, times, codes, same)) {
            release(codes, same);
            same++;
        }
        for (int row = from + same; row < to; row++) {
            long at = segment.time(row);
            day(at).remove(customer, at, segment, row);
            counted(customer, at, -1);
            for (int p = 0; p < dictionaries.length; p++) {
                sums[p].count(customer, at, segment.code(p, row), -1);
                if (segment.code(p, row) != 0) {
                    dictionaries[p].release(segment.code(p, row));
                }
            }
        }
        segment.replace(customer, from + same, to, times, codes, same);
        for (int i = same; i < times.length; i++) {
            counted(customer, times[i], 1);
            for (int p = 0; p < codes.length; p++) {
                sums[p].count(customer, times[i], codes[p][i], 1);
            }
            if (sealed) {
                day(times[i]).insert(customer, times[i], codes, i);
            } else {
                day(times[i]).append(customer, times[i], codes, i);
            }
        }
        size += times.length - (to - from);
        if (times.length == 0) {
            for (RunningSums each : sums) {
                each.forget(customer);
            }
        }
        mark(customer, segment);
    }

    private void mark(int customer, Segment segment) {
        if (segment.end(customer) - segment.start(customer) > MOST) {
            many.add(customer);
        } else if (!many.isEmpty()) {
            many.remove(customer);
        }
    }

    private static boolean isSame(Segment segment, int row, long[] times, int[][] codes, int i) {
        if (segment.time(row) != times[i]) {
            return false;
        }
        for (int p = 0; p < codes.length; p++) {
            if (segment.code(p, row) != codes[p][i]) {
                return false;
            }
        }
        return true;
    }

    private void release(int[][] codes, int row) {
        for (int p = 0; p < codes.length; p++) {
            if (codes[p][row] != 0) {
                dictionaries[p].release(codes[p][row]);
            }
        }
    }

    private int code(int property, @Nullable FieldValue value) {
        if (value == null || overflown[property]) {
            return 0;
        }
        int code = dictionaries[property].acquire(value);
        overflown[property] |= code == 0;
        return code;
    }

    private Segment segment(int customer) {
        int place = customer >>> Segment.BITS;
        while (place >= segments.size()) {
            segments.add(new Segment(dictionaries.length));
        }
        if (customer >= totals.length) {
            totals = Arrays.copyOf(totals, Words.longer(totals.length, customer + 1));
            counted.replaceAll((day, counts) -> Arrays.copyOf(counts, totals.length));
            for (RunningSums each : sums) {
                each.grow(totals.length);
            }
        }
        return segments.get(place);
    }

    private Day day(long at) {
        return days.computeIfAbsent(Math.floorDiv(at, Day.MILLIS), day -> new Day(day, dictionaries.length));
    }

    private void counted(int customer, long at, int number) {
        totals[customer] += (byte) number;
        long day = Math.floorDiv(at, Day.MILLIS);
        if (sealed) {
            counted.tailMap(day, false).values().forEach(counts -> counts[customer] += (byte) number);
        }
    }

    /** All customers are there: sorts the days, and counts up to some of them. */
    void seal() {
        segments.forEach(Segment::trim);
        days.values().forEach(Day::sort);
        apart = Math.max(leastApart, totals.length / 8);
        byte[] counts = new byte[totals.length];
        long since = 0;
        for (var day : days.entrySet()) {
            if (since >= apart) {
                counted.put(day.getKey(), counts.clone());
                since = 0;
            }
            for (int row = 0; row < day.getValue().size(); row++) {
                counts[day.getValue().who(row)]++;
            }
            since += day.getValue().size();
        }
        for (RunningSums each : sums) {
            each.seal(totals.length, sumsApart());
        }
        sealed = true;
    }

    /** Sums take four times the room of counts. */
    private long sumsApart() {
        return Math.max(apart, totals.length / 2);
    }

    RunningSums sums(int property) {
        return sums[property];
    }

    long size() {
        return size;
    }

    void write(IndexWriter out) throws IOException {
        for (int p = 0; p < dictionaries.length; p++) {
            Dictionary dictionary = dictionaries[p];
            out.flag(overflown[p]);
            out.number(dictionary.bound());
            for (int code = 1; code < dictionary.bound(); code++) {
                FieldValue value = dictionary.value(code);
                out.flag(value != null);
                if (value != null) {
                    out.value(value);
                }
            }
        }
        out.number(segments.size());
        for (int place = 0; place < segments.size(); place++) {
            Segment segment = segments.get(place);
            for (int i = 0; i < Segment.CUSTOMERS; i++) {
                write(out, segment, (place << Segment.BITS) + i);
            }
        }
    }

    private void write(IndexWriter out, Segment segment, int customer) throws IOException {
        out.number(segment.end(customer) - segment.start(customer));
        for (int row = segment.start(customer); row < segment.end(customer); row++) {
            out.whole(segment.time(row));
            for (int p = 0; p < dictionaries.length; p++) {
                out.number(segment.code(p, row));
            }
        }
    }

    void read(IndexReader in, IndexState state) throws IOException {
        List<List<@Nullable FieldValue>> values = new ArrayList<>();
        for (int p = 0; p < dictionaries.length; p++) {
            overflown[p] = in.flag();
            int bound = in.number(2L * dictionaries[p].most() + 1);
            List<@Nullable FieldValue> some = new ArrayList<>();
            some.add(null);
            for (int code = 1; code < bound; code++) {
                some.add(in.flag() ? in.value() : null);
            }
            values.add(some);
        }
        int places = in.number((in.customers() + Segment.CUSTOMERS - 1L) >>> Segment.BITS);
        for (int customer = 0; customer < places << Segment.BITS; customer++) {
            read(in, state, customer, values);
        }
    }

    private void read(IndexReader in, IndexState state, int customer, List<List<@Nullable FieldValue>> values)
            throws IOException {
        int number = in.number(Integer.MAX_VALUE);
        if (number == 0) {
            return;
        }
        IndexReader.require(customer < in.customers(), "events of nobody");
        state.reserve(bytesEach() * number);
        long[] times = new long[number];
        int[][] codes = new int[dictionaries.length][number];
        for (int row = 0; row < number; row++) {
            times[row] = in.whole();
            IndexReader.require(times[row] >= (row == 0 ? 0 : times[row - 1]), "events in no order");
            for (int p = 0; p < codes.length; p++) {
                FieldValue value = values.get(p).get(in.number(values.get(p).size() - 1L));
                codes[p][row] = value == null ? 0 : dictionaries[p].acquire(value);
            }
        }
        replace(customer, times, codes);
    }

    /** The place of a property; below 0 if it is not kept. */
    int property(String name) {
        int place = properties.indexOf(name);
        return place >= 0 && overflown[place] ? -1 : place;
    }

    Dictionary dictionary(int property) {
        return dictionaries[property];
    }

    /** Those who have so many events that they are not counted in a byte. */
    RoaringBitmap many() {
        return many;
    }

    /** How many customers have a place in counts. */
    int customers() {
        return totals.length;
    }

    /** Where the events of a customer are; {@code null} if she never had any. */
    @Nullable
    Segment find(int customer) {
        int place = customer >>> Segment.BITS;
        return place < segments.size() ? segments.get(place) : null;
    }

    /** Is told events in order of time: rows of days. */
    interface Rows {
        void of(Day day, int from, int to);
    }

    void each(long from, long to, Rows told) {
        if (from >= to || days.isEmpty()) {
            return;
        }
        long first = Math.max(Math.floorDiv(from, Day.MILLIS), days.firstKey());
        long last = Math.min(Math.floorDiv(to - 1, Day.MILLIS), days.lastKey());
        if (first <= last) {
            days.subMap(first, true, last, true).values().forEach(day -> told.of(day, day.first(from), day.first(to)));
        }
    }

    /** How many events there are from an instant until another, exclusive. */
    long between(long from, long to) {
        long[] number = new long[1];
        each(from, to, (day, first, last) -> number[0] += last - first);
        return number[0];
    }

    /** How many events each customer had before an instant, modulo 256: by those counted already and those since, or until. */
    byte[] before(long time) {
        long day = Math.floorDiv(time, Day.MILLIS);
        var below = counted.floorEntry(day);
        var above = counted.higherEntry(day);
        long start = below == null ? Long.MIN_VALUE : below.getKey() * Day.MILLIS;
        long end = above == null ? Long.MAX_VALUE : above.getKey() * Day.MILLIS;
        if (between(start, time) <= between(time, end)) {
            byte[] counts =
                    below == null ? new byte[totals.length] : below.getValue().clone();
            accumulate(counts, start, time, (byte) 1);
            return counts;
        }
        byte[] counts = above == null ? totals.clone() : above.getValue().clone();
        accumulate(counts, time, end, (byte) -1);
        return counts;
    }

    /** How many events each customer had from an instant until another, modulo 256. */
    byte[] counts(long from, long to) {
        if (between(from, to) <= apart) {
            byte[] counts = new byte[totals.length];
            accumulate(counts, from, to, (byte) 1);
            return counts;
        }
        byte[] counts = before(to);
        if (between(Long.MIN_VALUE, from) > 0) {
            byte[] less = before(from);
            for (int i = 0; i < counts.length; i++) {
                counts[i] -= less[i];
            }
        }
        return counts;
    }

    private void accumulate(byte[] counts, long from, long to, byte number) {
        each(from, to, (day, first, last) -> {
            int[] who = day.whos();
            for (int row = first; row < last; row++) {
                counts[who[row]] += number;
            }
        });
    }

    /** About how many events are looked at to count those between, and how many customers copied. */
    long effort(long from, long to) {
        return Math.min(between(from, to), apart) + totals.length / 4;
    }

    /** What an event takes at most, with what arrays keep in reserve. */
    long bytesEach() {
        return Math.max(64, 20 + 10L * dictionaries.length);
    }

    /** What counts and sums take for each customer. */
    long countBytesEach() {
        return 1L
                + counted.size()
                + Arrays.stream(sums).mapToLong(RunningSums::bytesEach).sum();
    }

    long bytes() {
        long bytes = (1L + counted.size()) * totals.length + many.getLongSizeInBytes();
        for (Segment segment : segments) {
            bytes += segment.bytes();
        }
        for (Day day : days.values()) {
            bytes += day.bytes();
        }
        for (Dictionary dictionary : dictionaries) {
            bytes += dictionary.bytes();
        }
        for (RunningSums each : sums) {
            bytes += each.bytes();
        }
        return bytes;
    }
}
