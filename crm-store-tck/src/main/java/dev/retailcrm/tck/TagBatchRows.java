package dev.retailcrm.tck;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.tags.TagBatchProgress;
import dev.retailcrm.tags.TagOutcome;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A batch of tags in memory, and whom it did not change. Immutable. */
record TagBatchRows(TagBatchProgress progress, Map<CustomerId, TagOutcome> outcomes) {
    TagBatchRows {
        outcomes = Collections.unmodifiableMap(new TreeMap<>(outcomes));
    }

    TagBatchRows and(TagBatchProgress after, List<TagOutcome> more) {
        Map<CustomerId, TagOutcome> all = new TreeMap<>(outcomes);
        more.forEach(it -> all.putIfAbsent(it.customer(), it));
        return new TagBatchRows(after, all);
    }
}
