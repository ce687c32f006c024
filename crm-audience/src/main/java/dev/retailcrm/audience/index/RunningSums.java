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

    /** A multiple of 64. */
    private static final int BLOCK = 2_048;

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

    /** Those whose sums are not told by {@link #where}, but for those with many events. */
    RoaringBitmap great() {
        return great;
    }

    /**
     * Those whose events from an instant until another add up to a number in a range, both inclusive, or outside of it; but for the {@link #great}
     * and those with many events.
     */
    long[] where(long from, long to, long least, long greatest, boolean outside) {
        int[] edges = new int[totals.length];
        if (table.between(from, to) <= apart) {
            add(edges, from, to, 1);
            return words(edges, new int[0], new int[0], least, greatest, outside);
        }
        Edge end = edge(to);
        Edge start = edge(from);
        add(edges, end.from, end.to, end.sign);
        add(edges, start.from, start.to, -start.sign);
        return words(edges, end.sums, start.sums, least, greatest, outside);
    }

    /** Block by block, so that sums are compared while they are near the processor. */
    private static long[] words(int[] edges, int[] more, int[] less, long least, long greatest, boolean outside) {
        long[] words = new long[Words.wordsFor(edges.length)];
        int[] sums = new int[BLOCK];
        for (int from = 0; from < edges.length; from += BLOCK) {
            int length = Math.min(BLOCK, edges.length - from);
            System.arraycopy(edges, from, sums, 0, length);
            if (more.length > 0) {
                for (int i = 0; i < length; i++) {
                    sums[i] += more[from + i];
                }
            }
            if (less.length > 0) {
                for (int i = 0; i < length; i++) {
                    sums[i] -= less[from + i];
                }
            }
            compare(sums, length, least, greatest, outside ? 0 : 1, words, from >>> 6);
        }
        return words;
    }

    private static void compare(
            int[] sums, int length, long least, long greatest, long within, long[] words, int word) {
        for (int from = 0; from < length; from += 64) {
            int to = Math.min(length, from + 64);
            long bits = 0;
            for (int i = from; i < to; i++) {
                long beyond = ((sums[i] - least) | (greatest - sums[i])) >>> 63;
                bits |= (beyond ^ within) << i;
            }
            words[word + (from >>> 6)] = bits;
        }
    }

    /** The sums before the day nearest to an instant, and the events between, to be added or taken away. */
    private static final class Edge {
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
