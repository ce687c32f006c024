package dev.retailcrm.audience.index;

import dev.retailcrm.core.field.FieldType;
import java.util.Arrays;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * What a property of each customer's events adds up to before some days, in smallest units modulo 2<sup>32</sup>: a window is the difference of
 * two, with the events up to its edges added one by one. Kept of whole numbers and of amounts of one currency; who has a part so great that
 * {@value EventTable#MOST} of them do not fit is looked at by herself. Not thread-safe, but readers do not disturb one another.
 */
final class RunningSums {
    /** {@value EventTable#MOST} of less than this add up to less than 2<sup>31</sup>. */
    private static final long GREAT = 1L << 23;

    private final EventTable table;
    private final int property;
    private final Dictionary dictionary;
    private final RoaringBitmap great = new RoaringBitmap();
    private final TreeMap<Long, int[]> before = new TreeMap<>();
    private int[] totals = new int[0];
    private long apart;
    private boolean kept;

    RunningSums(EventTable table, int property) {
        this.table = table;
        this.property = property;
        this.dictionary = table.dictionary(property);
    }

    /** Whether sums are answered: not before all customers are there, nor of decimals and several currencies. */
    boolean isKept() {
        return kept;
    }

    /** Adds up to some days, at least so many events apart. */
    void seal(int customers, long wanted) {
        apart = wanted;
        kept = dictionary.size() > 0 && isWhole();
        if (!kept) {
            return;
        }
        totals = new int[customers];
        long[] since = new long[1];
        table.each(Long.MIN_VALUE, Long.MAX_VALUE, (day, first, last) -> {
            if (since[0] >= apart) {
                before.put(day.number(), totals.clone());
                since[0] = 0;
            }
            since[0] += last - first;
            add(totals, day, first, last, 1);
            for (int row = first; row < last; row++) {
                if (isGreat(day.code(property, row))) {
                    great.add(day.who(row));
                }
            }
        });
    }

    private boolean isWhole() {
        return dictionary.isAll(FieldType.LONG) || dictionary.isAll(FieldType.MONEY);
    }

    private boolean isGreat(int code) {
        long value = dictionary.unscaled()[code];
        return value >= GREAT || value <= -GREAT;
    }

    /** An event more ({@code 1}) or less ({@code -1}). */
    void count(int customer, long at, int code, int sign) {
        if (!kept || code == 0) {
            return;
        }
        if (!isWhole()) {
            kept = false;
            before.clear();
            great.clear();
            totals = new int[0];
            return;
        }
        int change = sign * (int) dictionary.unscaled()[code];
        totals[customer] += change;
        before.tailMap(Math.floorDiv(at, Day.MILLIS), false).values().forEach(sums -> sums[customer] += change);
        if (sign > 0 && isGreat(code)) {
            great.add(customer);
        }
    }

    /** How many events lie between two days up to which all are added up. */
    long apart() {
        return apart;
    }

    /** Room for so many customers. */
    void grow(int customers) {
        if (kept) {
            totals = Arrays.copyOf(totals, customers);
            before.replaceAll((day, sums) -> Arrays.copyOf(sums, customers));
        }
    }

    /** Nothing is left of a customer. */
    void forget(int customer) {
        great.remove(customer);
    }

    /** Those whose sums are not told by {@link #between}, but for those with many events. */
    RoaringBitmap great() {
        return great;
    }

    /** The sums of events from an instant until another, for each customer; a whole number of the dictionary's scale. */
    int[] between(long from, long to) {
        int[] sums = new int[totals.length];
        if (from >= to) {
            return sums;
        }
        if (table.between(from, to) <= apart) {
            add(sums, from, to, 1);
            return sums;
        }
        Edge end = edge(to);
        Edge start = edge(from);
        int[] more = end.sums();
        int[] less = start.sums();
        int most = Math.max(more.length, less.length);
        if (less.length == 0) {
            System.arraycopy(more, 0, sums, 0, more.length);
        } else if (more.length == 0) {
            for (int i = 0; i < most; i++) {
                sums[i] = -less[i];
            }
        } else {
            for (int i = 0; i < most; i++) {
                sums[i] = more[i] - less[i];
            }
        }
        end.apply(sums, 1);
        start.apply(sums, -1);
        return sums;
    }

    /** The sums before the day nearest to an instant, and the events between, to be added or taken away. */
    private final class Edge {
        private final int[] sums;
        private final long from;
        private final long to;
        private final int sign;

        Edge(int[] sums, long from, long to, int sign) {
            this.sums = sums;
            this.from = from;
            this.to = to;
            this.sign = sign;
        }

        int[] sums() {
            return sums;
        }

        void apply(int[] target, int factor) {
            add(target, from, to, sign * factor);
        }
    }

    private Edge edge(long time) {
        long day = Math.floorDiv(time, Day.MILLIS);
        var below = before.floorEntry(day);
        var above = before.higherEntry(day);
        long start = below == null ? Long.MIN_VALUE : below.getKey() * Day.MILLIS;
        long end = above == null ? Long.MAX_VALUE : above.getKey() * Day.MILLIS;
        return table.between(start, time) <= table.between(time, end)
                ? new Edge(below == null ? new int[0] : below.getValue(), start, time, 1)
                : new Edge(above == null ? totals : above.getValue(), time, end, -1);
    }

    private void add(int[] sums, long from, long to, int sign) {
        table.each(from, to, (day, first, last) -> add(sums, day, first, last, sign));
    }

    private void add(int[] sums, Day day, int first, int last, int sign) {
        int[] who = day.whos();
        int[] codes = day.codes(property);
        long[] values = dictionary.unscaled();
        for (int row = first; row < last; row++) {
            sums[who[row]] += sign * (int) values[codes[row]];
        }
    }

    /** What a customer takes. */
    long bytesEach() {
        return kept ? 4L * (1 + before.size()) : 0;
    }

    long bytes() {
        return bytesEach() * totals.length + great.getLongSizeInBytes();
    }
}
