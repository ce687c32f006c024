package dev.retailcrm.audience.index;

import com.google.common.collect.ImmutableMap;
import dev.retailcrm.core.field.FieldValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.roaringbitmap.PeekableIntIterator;
import org.roaringbitmap.RoaringBitmap;

/** Finds customers by their events of one type: those of each, or those of each day, whichever are fewer. Not thread-safe. */
final class EventSets {
    /** Looking at a customer's events takes about as long as so many events in order of time. */
    static final int CUSTOMER = 25;

    private final EventTable table;
    private final EventFilter filter;

    EventSets(EventTable table, EventFilter filter) {
        this.table = table;
        this.filter = filter;
    }

    EventTable table() {
        return table;
    }

    EventFilter filter() {
        return filter;
    }

    /** All events of the table, whatever their properties. */
    EventSets any() {
        return filter.isOpen() ? this : new EventSets(table, new EventFilter(table, List.of()));
    }

    /** About how many events are looked at to find all customers. */
    long effort(long from, long to) {
        return (filter.isOpen() ? table.effort(from, to) : table.between(from, to)) + table.customers() / 8;
    }

    /** Those of some who have an event between two instants. */
    RoaringBitmap some(long from, long to, RoaringBitmap asked) {
        boolean[] pass = new boolean[256];
        Arrays.fill(pass, 1, pass.length, true);
        return counted(from, to, pass, number -> number > 0, asked);
    }

    /**
     * Those of some who have so many events.
     *
     * @param pass of fewer than 256
     * @param exact of any number
     */
    RoaringBitmap counted(long from, long to, boolean[] pass, LongPredicate exact, RoaringBitmap asked) {
        if (asked.isEmpty()) {
            return asked;
        }
        if (asked.getLongCardinality() * CUSTOMER < effort(from, to)) {
            return each(asked, pass[0], (segment, customer) -> exact.test(number(segment, customer, from, to)));
        }
        byte[] counts = filter.isOpen() ? table.counts(from, to) : filtered(from, to);
        boolean[] wanted = pass.clone();
        if (pass[0]) {
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = !pass[i];
            }
        }
        RoaringBitmap found = Words.bitmap(CountBits.where(counts, wanted));
        found = pass[0] ? RoaringBitmap.andNot(asked, found) : RoaringBitmap.and(asked, found);
        RoaringBitmap many = RoaringBitmap.and(asked, table.many());
        if (!many.isEmpty()) {
            found.andNot(many);
            found.or(each(many, pass[0], (segment, customer) -> exact.test(number(segment, customer, from, to))));
        }
        return found;
    }

    private byte[] filtered(long from, long to) {
        byte[] counts = new byte[table.customers()];
        table.each(from, to, (day, first, last) -> {
            for (int row = first; row < last; row++) {
                if (filter.passes(day, row)) {
                    counts[day.who(row)]++;
                }
            }
        });
        return counts;
    }

    private long number(Segment segment, int customer, long from, long to) {
        int first = segment.first(customer, from);
        int last = segment.first(customer, to);
        if (filter.isOpen()) {
            return Math.max(0, last - first);
        }
        long number = 0;
        for (int row = first; row < last; row++) {
            number += filter.passes(segment, row) ? 1 : 0;
        }
        return number;
    }

    /** How many customers have events with which values of a property. */
    Map<FieldValue, Long> tally(String name, long from, long to, RoaringBitmap asked) {
        int property = table.property(name);
        Dictionary dictionary = table.dictionary(property);
        int[] counts = new int[dictionary.bound()];
        int[] last = new int[dictionary.bound()];
        PeekableIntIterator customers = asked.getIntIterator();
        while (customers.hasNext()) {
            int customer = customers.next();
            Segment segment = table.find(customer);
            if (segment == null) {
                continue;
            }
            int end = segment.first(customer, to);
            for (int row = segment.first(customer, from); row < end; row++) {
                int code = segment.code(property, row);
                if (last[code] != customer + 1 && filter.passes(segment, row)) {
                    last[code] = customer + 1;
                    counts[code]++;
                }
            }
        }
        ImmutableMap.Builder<FieldValue, Long> values = ImmutableMap.builder();
        for (int code = 1; code < counts.length; code++) {
            FieldValue value = dictionary.value(code);
            if (counts[code] > 0 && value != null) {
                values.put(value, (long) counts[code]);
            }
        }
        return values.buildOrThrow();
    }

    /** A test of the events of one customer. */
    interface Hers {
        boolean test(Segment segment, int customer);
    }

    /**
     * Asks about one customer after another.
     *
     * @param none the answer for those who have no place in the table
     */
    RoaringBitmap each(RoaringBitmap asked, boolean none, Hers test) {
        RoaringBitmap found = new RoaringBitmap();
        PeekableIntIterator customers = asked.getIntIterator();
        while (customers.hasNext()) {
            int customer = customers.next();
            Segment segment = table.find(customer);
            if (segment == null ? none : test.test(segment, customer)) {
                found.add(customer);
            }
        }
        return found;
    }
}
