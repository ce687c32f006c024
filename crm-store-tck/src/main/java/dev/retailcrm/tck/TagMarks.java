package dev.retailcrm.tck;

import dev.retailcrm.tags.TagEntry;
import dev.retailcrm.tags.TagMark;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tags of one customer, in memory, and what became of them. Immutable. */
record TagMarks(Map<String, TagMark> marks, List<TagEntry> entries) {
    static final TagMarks NONE = new TagMarks(Map.of(), List.of());

    TagMarks {
        marks = Collections.unmodifiableMap(new TreeMap<>(marks));
        entries = List.copyOf(entries);
    }

    TagMarks and(List<TagEntry> more) {
        Map<String, TagMark> now = new TreeMap<>(marks);
        for (TagEntry entry : more) {
            if (entry.after() == null) {
                now.remove(entry.tag());
            } else {
                now.put(entry.tag(), entry.after());
            }
        }
        List<TagEntry> all = new ArrayList<>(entries);
        all.addAll(more);
        return new TagMarks(now, all);
    }

    /** The same without so many of its rows, marks first. */
    TagMarks without(int rows) {
        int gone = Math.min(rows, marks.size());
        Map<String, TagMark> left = new TreeMap<>(marks);
        marks.keySet().stream().limit(gone).forEach(left::remove);
        return new TagMarks(left, entries.subList(Math.min(rows - gone, entries.size()), entries.size()));
    }

    long lastSeq() {
        return entries.isEmpty() ? 0 : entries.get(entries.size() - 1).seq();
    }

    @Nullable
    Instant changedAt() {
        return entries.stream().map(TagEntry::at).max(Instant::compareTo).orElse(null);
    }
}
