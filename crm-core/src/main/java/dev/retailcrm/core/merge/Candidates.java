package dev.retailcrm.core.merge;

import java.util.Arrays;

/** The records one record is to be compared with, each once. Used again for the next record. Not thread-safe. */
final class Candidates {
    /** The last round in which a record was added. */
    private final int[] round;

    private int[] found = new int[256];
    private int size;
    private int current;

    Candidates(int records) {
        round = new int[records];
    }

    void clear() {
        current++;
        size = 0;
    }

    void add(int record) {
        if (round[record] == current) {
            return;
        }
        round[record] = current;
        if (size == found.length) {
            found = Arrays.copyOf(found, size * 2);
        }
        found[size++] = record;
    }

    /** Puts them in their order. */
    void sort() {
        Arrays.sort(found, 0, size);
    }

    int size() {
        return size;
    }

    int get(int position) {
        return found[position];
    }
}
