package dev.retailcrm.tck;

import dev.retailcrm.assets.tier.TierEntry;
import dev.retailcrm.assets.tier.TierStanding;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Where a customer stands in programs of tiers, and what became of it. Immutable. */
record TierRows(long lastSeq, SortedMap<String, TierStanding> standings, List<TierEntry> entries) {
    static final TierRows NONE = new TierRows(0, new TreeMap<>(), List.of());
}
