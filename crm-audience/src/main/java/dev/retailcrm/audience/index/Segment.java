package dev.retailcrm.audience.index;

import java.util.Arrays;

/** The events of one type of {@value #CUSTOMERS} customers, those of each together, the earliest first. Not thread-safe. */
final class Segment {
    static final int BITS = 8;
    static final int CUSTOMERS = 1 << BITS;

    private final int[] start = new int[CUSTOMERS + 1];
    private long[] times = new long[0];
    private final int[][] codes;

    Segment(int properties) {
        codes = new int[properties][0];
    }

    /** Where the events of a customer begin; those of the next begin where hers end. */
    int start(int customer) {
        return start[customer & (CUSTOMERS - 1)];
    }

    int end(int customer) {
        return start[(customer & (CUSTOMERS - 1)) + 1];
    }

    long time(int row) {
        return times[row];
    }

    int code(int property, int row) {
        return codes[property][row];
    }

    /** The first of her events at an instant or later. */
    int first(int customer, long millis) {
        int low = start(customer);
        int high = end(customer);
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < millis) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Puts rows in the place of some of hers. */
    void replace(int customer, int from, int to, long[] newTimes, int[][] newCodes, int offset) {
        int added = newTimes.length - offset;
        int used = start[CUSTOMERS];
        int shift = added - (to - from);
        int size = used + shift;
        if (size > times.length) {
            resize(Words.longer(times.length, size));
        }
        System.arraycopy(times, to, times, to + shift, used - to);
        System.arraycopy(newTimes, offset, times, from, added);
        for (int i = 0; i < codes.length; i++) {
            System.arraycopy(codes[i], to, codes[i], to + shift, used - to);
            System.arraycopy(newCodes[i], offset, codes[i], from, added);
        }
        if (shift != 0) {
            for (int i = (customer & (CUSTOMERS - 1)) + 1; i <= CUSTOMERS; i++) {
                start[i] += shift;
            }
        }
    }

    private void resize(int size) {
        times = Arrays.copyOf(times, size);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Arrays.copyOf(codes[i], size);
        }
    }

    void trim() {
        resize(start[CUSTOMERS]);
    }

    long bytes() {
        return 4L * start.length + (8L + 4L * codes.length) * times.length + 100;
    }
}
