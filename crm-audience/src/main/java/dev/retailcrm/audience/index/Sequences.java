package dev.retailcrm.audience.index;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.roaringbitmap.RoaringBitmap;

/** One event and another later: day by day for all, or customer by customer for few. Stateless. */
final class Sequences {
    private Sequences() {}

    /** Rows of a day. */
    private record Part(Day day, int from, int to) {}

    static RoaringBitmap among(EventSets first, EventSets then, long from, long to, long within, RoaringBitmap some) {
        long events = first.table().between(from, to) + then.table().between(from, to);
        if (some.getLongCardinality() * 50 < events) {
            return some(first, then, from, to, within, some);
        }
        long[] both = both(first, then, from, to, some);
        long[] latest =
                new long[Math.max(first.table().customers(), then.table().customers())];
        Arrays.fill(latest, Long.MIN_VALUE);
        long[] found = new long[Words.wordsFor(latest.length)];
        List<Part> firsts = parts(first, from, to);
        List<Part> thens = parts(then, from, to);
        int at = 0;
        int row = firsts.isEmpty() ? 0 : firsts.get(0).from();
        for (Part part : thens) {
            for (int other = part.from(); other < part.to(); other++) {
                if (!Words.has(both, part.day().who(other)) || !then.filter().passes(part.day(), other)) {
                    continue;
                }
                long time = part.day().time(other);
                while (at < firsts.size()) {
                    Part earlier = firsts.get(at);
                    if (row == earlier.to()) {
                        at++;
                        row = at < firsts.size() ? firsts.get(at).from() : 0;
                        continue;
                    }
                    if (earlier.day().time(row) >= time) {
                        break;
                    }
                    if (Words.has(both, earlier.day().who(row))
                            && first.filter().passes(earlier.day(), row)) {
                        latest[earlier.day().who(row)] = earlier.day().time(row);
                    }
                    row++;
                }
                int customer = part.day().who(other);
                if (latest[customer] != Long.MIN_VALUE && time - latest[customer] <= within) {
                    found[customer >>> 6] |= 1L << customer;
                }
            }
        }
        return RoaringBitmap.and(some, Words.bitmap(found));
    }

    /** Those who have both kinds of events at all: few, and of the others nothing need be remembered. */
    private static long[] both(EventSets first, EventSets then, long from, long to, RoaringBitmap some) {
        return NumberColumn.words(then.any().some(from, to, first.any().some(from, to, some)));
    }

    private static List<Part> parts(EventSets events, long from, long to) {
        List<Part> parts = new ArrayList<>();
        events.table().each(from, to, (day, first, last) -> parts.add(new Part(day, first, last)));
        return parts;
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
