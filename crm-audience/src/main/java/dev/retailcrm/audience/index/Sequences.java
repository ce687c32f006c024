package dev.retailcrm.audience.index;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/** One event and another later: in order of time for all, or customer by customer for few. Stateless. */
final class Sequences {
    /** Up to so long before, each day is looked at by itself. */
    private static final long NEAR = 2 * Day.MILLIS;

    private Sequences() {}

    static RoaringBitmap among(EventSets first, EventSets then, long from, long to, long within, RoaringBitmap some) {
        long firsts = first.table().between(from, to);
        long thens = then.table().between(from, to);
        if (some.getLongCardinality() * EventSets.CUSTOMER * 2 < firsts + thens) {
            return some(first, then, from, to, within, some);
        }
        int customers = Math.max(first.table().customers(), then.table().customers());
        long[] asked = Arrays.copyOf(NumberColumn.words(some), Words.wordsFor(customers));
        if (within <= NEAR) {
            Happened later = new Happened();
            new Near(first, then, from, to, within, asked).collect(later);
            long[] both = later.who(customers);
            return Words.bitmap(follow(new Happened(first, from, to, both), later, within, both));
        }
        EventSets fewer = firsts < thens ? first : then;
        EventSets more = firsts < thens ? then : first;
        long[] did = who(fewer, from, to, customers);
        for (int i = 0; i < did.length; i++) {
            did[i] &= asked[i];
        }
        Happened many = new Happened(more, from, to, did);
        long[] both = many.who(customers);
        Happened few = new Happened(fewer, from, to, both);
        return Words.bitmap(fewer == first ? follow(few, many, within, both) : follow(many, few, within, both));
    }

    /**
     * Finds later events of which an earlier one may be near: on the same day or one of the days before that the time reaches back to. For each of
     * these days there is a set of who did the first, and one of all of them who are asked about. Used once.
     */
    private static final class Near {
        private final EventSets first;
        private final EventSets then;
        private final long from;
        private final long to;
        private final long[] asked;
        private final long[][] lately;
        private final long[] any;

        Near(EventSets first, EventSets then, long from, long to, long within, long[] asked) {
            this.first = first;
            this.then = then;
            this.from = from;
            this.to = to;
            this.asked = asked;
            this.lately = new long[(int) ((within + Day.MILLIS - 1) / Day.MILLIS) + 1][asked.length];
            this.any = new long[asked.length];
        }

        void collect(Happened later) {
            long[] known = new long[] {Long.MIN_VALUE};
            then.table().each(from, to, (day, start, end) -> {
                long last = day.number();
                for (long number = Math.max(known[0] + 1, last - lately.length + 1); number <= last; number++) {
                    remember(number);
                }
                known[0] = last;
                combine();
                for (int row = start; row < end; row++) {
                    int who = day.who(row);
                    if (Words.has(any, who) && then.filter().passes(day, row)) {
                        later.add(who, day.time(row));
                    }
                }
            });
        }

        private void combine() {
            System.arraycopy(lately[0], 0, any, 0, any.length);
            for (int i = 1; i < lately.length; i++) {
                long[] words = lately[i];
                for (int word = 0; word < any.length; word++) {
                    any[word] |= words[word];
                }
            }
            for (int word = 0; word < any.length; word++) {
                any[word] &= asked[word];
            }
        }

        private void remember(long number) {
            long[] words = lately[(int) Math.floorMod(number, (long) lately.length)];
            Arrays.fill(words, 0);
            long start = number * Day.MILLIS;
            mark(first, Math.max(from, start), Math.min(to, start + Day.MILLIS), words);
        }
    }

    private static long[] who(EventSets events, long from, long to, int customers) {
        long[] words = new long[Words.wordsFor(customers)];
        mark(events, from, to, words);
        return words;
    }

    private static void mark(EventSets events, long from, long to, long[] words) {
        EventFilter filter = events.filter();
        boolean open = filter.isOpen();
        events.table().each(from, to, (day, start, end) -> {
            int[] who = day.whos();
            for (int row = start; row < end; row++) {
                if (open || filter.passes(day, row)) {
                    words[who[row] >>> 6] |= 1L << who[row];
                }
            }
        });
    }

    /** Events of some customers, in order of time. */
    private static final class Happened {
        private int[] who = new int[1 << 10];
        private long[] times = new long[1 << 10];
        private int size;

        Happened() {}

        Happened(EventSets events, long from, long to, long[] some) {
            events.table().each(from, to, (day, start, end) -> add(events, day, start, end, some));
        }

        void add(int customer, long time) {
            if (size == who.length) {
                who = Arrays.copyOf(who, 2 * size);
                times = Arrays.copyOf(times, 2 * size);
            }
            who[size] = customer;
            times[size++] = time;
        }

        void add(EventSets events, Day day, int start, int end, long[] some) {
            EventFilter filter = events.filter();
            int room = size + Math.max(0, end - start);
            if (room > who.length) {
                who = Arrays.copyOf(who, Math.max(room, 2 * who.length));
                times = Arrays.copyOf(times, who.length);
            }
            if (filter.isOpen()) {
                size = day.copy(start, end, some, who, times, size);
                return;
            }
            for (int row = start; row < end; row++) {
                if (Words.has(some, day.who(row)) && filter.passes(day, row)) {
                    add(day.who(row), day.time(row));
                }
            }
        }

        long[] who(int customers) {
            long[] words = new long[Words.wordsFor(customers)];
            for (int i = 0; i < size; i++) {
                words[who[i] >>> 6] |= 1L << who[i];
            }
            return words;
        }
    }

    /**
     * Those of whom one of the second came after one of the first, within a time.
     *
     * @param some whose events these are, at least
     */
    private static long[] follow(Happened first, Happened then, long within, long[] some) {
        int[] before = new int[some.length + 1];
        for (int i = 0; i < some.length; i++) {
            before[i + 1] = before[i] + Long.bitCount(some[i]);
        }
        int[] latest = new int[before[some.length]];
        long[] found = new long[some.length];
        int next = 0;
        for (int i = 0; i < then.size; i++) {
            long time = then.times[i];
            while (next < first.size && first.times[next] < time) {
                int who = first.who[next];
                next++;
                latest[place(before, some, who)] = next;
            }
            int who = then.who[i];
            int last = latest[place(before, some, who)];
            if (last != 0 && time - first.times[last - 1] <= within) {
                found[who >>> 6] |= 1L << who;
            }
        }
        return found;
    }

    /** How many of some are less than one of them. */
    private static int place(int[] before, long[] some, int who) {
        return before[who >>> 6] + Long.bitCount(some[who >>> 6] & ((1L << who) - 1));
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
