package dev.retailcrm.tck;

import dev.retailcrm.core.rule.MarkFact;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tags of one customer by key, as rules see them. Immutable. */
record TagRows(SortedMap<String, MarkFact> tags) {
    static final TagRows NONE = new TagRows(new TreeMap<>());

    TagRows {
        tags = Collections.unmodifiableSortedMap(new TreeMap<>(tags));
    }
}
