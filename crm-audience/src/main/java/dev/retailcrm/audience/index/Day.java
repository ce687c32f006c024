package dev.retailcrm.audience.index;

import java.util.Arrays;

/** The events of one type of one day of UTC, the earliest first; of one instant in the order in which they came. Not thread-safe. */
final class Day {
    static final long MILLIS = 86_400_000;

    private final long start;
    private int[] who = new int[4];
    private int[] millis = new int[4];
    private final int[][] codes;
    private int size;
    private boolean sorted = true;

    Day(long day, int properties) {
        this.start = day * MILLIS;
        this.codes = new int[properties][4];
    }

    /** Its number since 1970. */
    long number() {
        return start / MILLIS;
    }

    int size() {
        return size;
    }

    int who(int row) {
        return who[row];
    }

    int code(int property, int row) {
        return codes[property][row];
    }

    long time(int row) {
        return start + millis[row];
    }

    /** Adds one behind all, to be {@linkplain #sort sorted} before anything is asked. */
    void append(int customer, long time, int[][] values, int row) {
        room();
        put(size++, customer, (int) (time - start), values, row);
        sorted = false;
    }

    /** Adds one where it belongs, behind those of the same instant. */
    void insert(int customer, long time, int[][] values, int row) {
        room();
        int place = first(time + 1);
        System.arraycopy(who, place, who, place + 1, size - place);
        System.arraycopy(millis, place, millis, place + 1, size - place);
        for (int[] each : codes) {
            System.arraycopy(each, place, each, place + 1, size - place);
        }
        size++;
        put(place, customer, (int) (time - start), values, row);
    }

    private void put(int place, int customer, int at, int[][] values, int row) {
        who[place] = customer;
        millis[place] = at;
        for (int i = 0; i < codes.length; i++) {
            codes[i][place] = values[i][row];
        }
    }

    private void room() {
        if (size == who.length) {
            resize(Words.longer(size, size + 1));
        }
    }

    /** Takes out one that is such. */
    void remove(int customer, long time, Segment segment, int row) {
        sort();
        for (int i = first(time); i < size && time(i) == time; i++) {
            if (who[i] == customer && isSame(i, segment, row)) {
                System.arraycopy(who, i + 1, who, i, size - i - 1);
                System.arraycopy(millis, i + 1, millis, i, size - i - 1);
                for (int[] each : codes) {
                    System.arraycopy(each, i + 1, each, i, size - i - 1);
                }
                size--;
                return;
            }
        }
        throw new IllegalStateException("an event of the index is not among those of its day");
    }

    private boolean isSame(int place, Segment segment, int row) {
        for (int i = 0; i < codes.length; i++) {
            if (codes[i][place] != segment.code(i, row)) {
                return false;
            }
        }
        return true;
    }

    /** The first at an instant or later. */
    int first(long time) {
        if (time <= start) {
            return 0;
        } else if (time >= start + MILLIS) {
            return size;
        }
        long at = time - start;
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (millis[middle] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /**
     * Copies customers and times of some rows, behind others.
     *
     * @param some customers
     * @return how many there are then
     */
    int copy(int from, int to, long[] some, int[] whos, long[] times, int size) {
        int place = size;
        for (int row = from; row < to; row++) {
            int customer = who[row];
            whos[place] = customer;
            times[place] = start + millis[row];
            place += (int) (some[customer >>> 6] >>> customer) & 1;
        }
        return place;
    }

    void sort() {
        if (sorted) {
            return;
        }
        long[] order = new long[size];
        for (int i = 0; i < size; i++) {
            order[i] = ((long) millis[i] << 32) | i;
        }
        Arrays.sort(order);
        who = arranged(who, order);
        millis = arranged(millis, order);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = arranged(codes[i], order);
        }
        sorted = true;
    }

    private static int[] arranged(int[] values, long[] order) {
        int[] arranged = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            arranged[i] = values[(int) order[i]];
        }
        return arranged;
    }

    private void resize(int wanted) {
        who = Arrays.copyOf(who, wanted);
        millis = Arrays.copyOf(millis, wanted);
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Arrays.copyOf(codes[i], wanted);
        }
    }

    long bytes() {
        return (8L + 4L * codes.length) * who.length + 100;
    }

    /** The codes of a property of all, in order; not to be changed. */
    int[] codes(int property) {
        return codes[property];
    }

    /** The customers of all, in order; not to be changed. */
    int[] whos() {
        return who;
    }
}
