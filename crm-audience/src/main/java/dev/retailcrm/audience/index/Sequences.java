package dev.retailcrm.audience.index;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/** One event and another later: in order of time for all, or customer by customer for few. Stateless. */
final class Sequences {
    private Sequences() {}

    static RoaringBitmap among(EventSets first, EventSets then, long from, long to, long within, RoaringBitmap some) {
        long firsts = first.table().between(from, to);
        long thens = then.table().between(from, to);
        if (some.getLongCardinality() * EventSets.CUSTOMER * 2 < firsts + thens) {
            return some(first, then, from, to, within, some);
        }
        int customers = Math.max(first.table().customers(), then.table().customers());
        long[] asked = NumberColumn.words(some);
        EventSets fewer = firsts < thens ? first : then;
        EventSets more = firsts < thens ? then : first;
        long[] did = who(fewer, from, to, customers);
        for (int i = 0; i < did.length; i++) {
            did[i] &= i < asked.length ? asked[i] : 0;
        }
        Happened many = new Happened(more, from, to, did);
        Happened few = new Happened(fewer, from, to, many.who(customers));
        return Words.bitmap(fewer == first ? follow(few, many, within, customers) : follow(many, few, within, customers));
    }

    private static long[] who(EventSets events, long from, long to, int customers) {
        long[] words = new long[Words.wordsFor(customers)];
        EventFilter filter = events.filter();
        events.table().each(from, to, (day, start, end) -> {
            int[] who = day.whos();
            for (int row = start; row < end; row++) {
                if (filter.isOpen() || filter.passes(day, row)) {
                    words[who[row] >>> 6] |= 1L << who[row];
                }
            }
        });
        return words;
    }

    /** Events of some customers, in order of time. */
    private static final class Happened {
        private int[] who = new int[1 << 10];
        private long[] times = new long[1 << 10];
        private int size;

        Happened(EventSets events, long from, long to, long[] some) {
            EventFilter filter = events.filter();
            events.table().each(from, to, (day, start, end) -> {
                int room = size + Math.max(0, end - start);
                if (room > who.length) {
                    who = Arrays.copyOf(who, Math.max(room, 2 * who.length));
                    times = Arrays.copyOf(times, who.length);
                }
                if (filter.isOpen()) {
                    size = day.copy(start, end, some, who, times, size);
                } else {
                    for (int row = start; row < end; row++) {
                        if (Words.has(some, day.who(row)) && filter.passes(day, row)) {
                            who[size] = day.who(row);
                            times[size++] = day.time(row);
                        }
                    }
                }
            });
        }

        long[] who(int customers) {
            long[] words = new long[Words.wordsFor(customers)];
            for (int i = 0; i < size; i++) {
                words[who[i] >>> 6] |= 1L << who[i];
            }
            return words;
        }
    }

    /** Those of whom one of the second came after one of the first, within a time. */
    private static long[] follow(Happened first, Happened then, long within, int customers) {
        int[] latest = new int[customers];
        long[] found = new long[Words.wordsFor(customers)];
        int next = 0;
        for (int i = 0; i < then.size; i++) {
            long time = then.times[i];
            while (next < first.size && first.times[next] < time) {
                latest[first.who[next]] = next + 1;
                next++;
            }
            int who = then.who[i];
            if (latest[who] != 0 && time - first.times[latest[who] - 1] <= within) {
                found[who >>> 6] |= 1L << who;
            }
        }
        return found;
    }

    private static RoaringBitmap some(
            EventSets first, EventSets then, long from, long to, long within, RoaringBitmap some) {
        return first.each(some, false, (segment, customer) -> {
            Segment later = then.table().find(customer);
            if (later == null) {
                return false;
            }
            int last = segment.first(customer, to);
            int end = later.first(customer, to);
            for (int row = segment.first(customer, from); row < last; row++) {
                long time = segment.time(row);
                if (first.filter().passes(segment, row)) {
                    int next = later.first(customer, time + 1);
                    while (next < end && !then.filter().passes(later, next)) {
                        next++;
                    }
                    if (next >= end) {
                        return false;
                    } else if (later.time(next) - time <= within) {
                        return true;
                    }
                }
            }
            return false;
        });
    }
}
