package dev.retailcrm.tck;

import dev.retailcrm.tags.spi.SyncMark;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was so of a customer's tags when she was compared with outside systems. Immutable.
 *
 * @param byChannel by channel and reference
 */
record SyncMarks(SortedMap<String, SortedMap<String, SyncMark>> byChannel) {
    static final SyncMarks NONE = new SyncMarks(new TreeMap<>());

    SortedMap<String, SyncMark> of(String channel) {
        return byChannel.getOrDefault(channel, new TreeMap<>());
    }

    @Nullable
    SyncMark find(String channel, String ref) {
        return of(channel).get(ref);
    }

    SyncMarks and(String channel, SyncMark mark) {
        SortedMap<String, SortedMap<String, SyncMark>> all = new TreeMap<>(byChannel);
        SortedMap<String, SyncMark> marks = new TreeMap<>(of(channel));
        marks.put(mark.ref(), mark);
        all.put(channel, marks);
        return new SyncMarks(all);
    }

    /** Without the first of them, at most so many. */
    SyncMarks without(int limit) {
        SortedMap<String, SortedMap<String, SyncMark>> all = new TreeMap<>();
        int left = limit;
        for (var channel : byChannel.entrySet()) {
            SortedMap<String, SyncMark> kept = new TreeMap<>();
            for (var mark : channel.getValue().entrySet()) {
                if (left > 0) {
                    left--;
                } else {
                    kept.put(mark.getKey(), mark.getValue());
                }
            }
            if (!kept.isEmpty()) {
                all.put(channel.getKey(), kept);
            }
        }
        return new SyncMarks(all);
    }

    int size() {
        return byChannel.values().stream().mapToInt(Map::size).sum();
    }

    /** All of it, also the references: what is compared as rows. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("SyncMarks");
        byChannel.forEach((channel, marks) -> marks.values()
                .forEach(it -> text.append(String.format(
                        Locale.ROOT,
                        " [%s %s of %s, %d %d, %s %s %s, version %d]",
                        channel,
                        it.ref(),
                        it.home(),
                        it.run(),
                        it.triedRun(),
                        it.tags(),
                        it.asked(),
                        it.problem(),
                        it.version()))));
        return text.toString();
    }
}
