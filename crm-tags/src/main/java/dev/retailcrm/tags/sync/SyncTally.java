package dev.retailcrm.tags.sync;

import java.util.Map;
import java.util.TreeMap;

/** Counts of a run, by name, while a step is taken. Not thread-safe. */
final class SyncTally {
    private final Map<String, Long> counts;

    SyncTally(Map<String, Long> before) {
        this.counts = new TreeMap<>(before);
    }

    void add(SyncCount what, long number) {
        if (number > 0) {
            counts.merge(what.name(), number, Long::sum);
        }
    }

    Map<String, Long> counts() {
        return Map.copyOf(counts);
    }
}
