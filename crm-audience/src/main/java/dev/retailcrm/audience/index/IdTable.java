package dev.retailcrm.audience.index;

import dev.retailcrm.core.kernel.CustomerId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Small numbers for customers, in the order in which they came: nearly always that of their ids. Not thread-safe. */
final class IdTable {
    private long[] ids = new long[0];
    private int size;
    private int sorted;
    private final Map<Long, Integer> late = new HashMap<>();

    int size() {
        return size;
    }

    long id(int customer) {
        return ids[customer];
    }

    CustomerId customer(int customer) {
        return CustomerId.of(ids[customer]);
    }

    /** Below this, greater numbers have greater ids. */
    int sorted() {
        return sorted;
    }

    /** The number of a customer; below 0 if she has none. */
    int find(long id) {
        int found = Arrays.binarySearch(ids, 0, sorted, id);
        return found >= 0 || late.isEmpty() ? found : late.getOrDefault(id, -1);
    }

    /** The least number whose id is greater, of those that are sorted. */
    int after(long id) {
        int found = Arrays.binarySearch(ids, 0, sorted, id);
        return found >= 0 ? found + 1 : -found - 1;
    }

    int add(long id) {
        if (size == ids.length) {
            ids = Arrays.copyOf(ids, Words.longer(size, size + 1));
        }
        if (size == sorted && (size == 0 || id > ids[size - 1])) {
            sorted++;
        } else {
            late.put(id, size);
        }
        ids[size] = id;
        return size++;
    }

    void trim() {
        ids = Arrays.copyOf(ids, size);
    }

    long bytes() {
        return 8L * ids.length + 80L * late.size();
    }
}
