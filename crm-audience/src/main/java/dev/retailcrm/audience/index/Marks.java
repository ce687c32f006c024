package dev.retailcrm.audience.index;

import java.util.Arrays;
import org.roaringbitmap.RoaringBitmap;

/** Who has something, and of those who do not have it for ever from when until when, in milliseconds. Not thread-safe. */
final class Marks {
    static final long ALWAYS = Long.MIN_VALUE;
    static final long FOREVER = Long.MAX_VALUE;

    private RoaringBitmap has = new RoaringBitmap();
    private int[] who = new int[0];
    private long[] from = new long[0];
    private long[] until = new long[0];
    private int timed;

    /** One time more for a customer. */
    void add(int customer, long start, long end) {
        has.add(customer);
        if (start == ALWAYS && end == FOREVER) {
            return;
        }
        if (timed == who.length) {
            resize(Words.longer(timed, timed + 1));
        }
        int place = first(customer + 1);
        System.arraycopy(who, place, who, place + 1, timed - place);
        System.arraycopy(from, place, from, place + 1, timed - place);
        System.arraycopy(until, place, until, place + 1, timed - place);
        who[place] = customer;
        from[place] = start;
        until[place] = end;
        timed++;
    }

    /** All times of a customer are gone. */
    void remove(int customer) {
        if (!has.checkedRemove(customer)) {
            return;
        }
        int start = first(customer);
        int end = first(customer + 1);
        System.arraycopy(who, end, who, start, timed - end);
        System.arraycopy(from, end, from, start, timed - end);
        System.arraycopy(until, end, until, start, timed - end);
        timed -= end - start;
    }

    /** The first place at which this customer, or a greater one, may be. */
    private int first(int customer) {
        if (timed == 0 || who[timed - 1] < customer) {
            return timed;
        }
        int low = 0;
        int high = timed;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (who[middle] < customer) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    boolean isEmpty() {
        return has.isEmpty();
    }

    boolean has(int customer) {
        return has.contains(customer);
    }

    /** Those who have it at an instant. */
    RoaringBitmap at(long millis) {
        RoaringBitmap out = new RoaringBitmap();
        for (int i = 0; i < timed; ) {
            int customer = who[i];
            boolean holds = false;
            for (; i < timed && who[i] == customer; i++) {
                holds |= millis >= from[i] && millis < until[i];
            }
            if (!holds) {
                out.add(customer);
            }
        }
        return out.isEmpty() ? has.clone() : RoaringBitmap.andNot(has, out);
    }

    RoaringBitmap holders() {
        return has;
    }

    /** How many times are not for ever. */
    int timed() {
        return timed;
    }

    int who(int row) {
        return who[row];
    }

    long from(int row) {
        return from[row];
    }

    long until(int row) {
        return until[row];
    }

    /** Takes over what was saved. */
    void restore(RoaringBitmap holders, int[] customers, long[] starts, long[] ends) {
        has = holders;
        who = customers;
        from = starts;
        until = ends;
        timed = customers.length;
    }

    private void resize(int size) {
        who = Arrays.copyOf(who, size);
        from = Arrays.copyOf(from, size);
        until = Arrays.copyOf(until, size);
    }

    void trim() {
        resize(timed);
        has.runOptimize();
        has.trim();
    }

    long bytes() {
        return has.getLongSizeInBytes() + 20L * who.length + 64;
    }
}
