package dev.retailcrm.tck;

import dev.retailcrm.tags.spi.SyncLink;
import dev.retailcrm.tags.spi.SyncRun;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far tags are synchronised with a channel. Immutable.
 *
 * @param run the latest; {@code null} if there was none
 * @param links by the ids of the outside tags
 */
record SyncRows(@Nullable SyncRun run, SortedMap<String, SyncLink> links) {
    static final SyncRows NONE = new SyncRows(null, new TreeMap<>());

    SyncRows with(SyncRun other) {
        return new SyncRows(other, links);
    }

    SyncRows and(List<SyncLink> more) {
        SortedMap<String, SyncLink> all = new TreeMap<>(links);
        more.forEach(link -> all.put(link.id(), link));
        return new SyncRows(run, all);
    }

    SyncRows without(Collection<String> ids) {
        SortedMap<String, SyncLink> all = new TreeMap<>(links);
        all.keySet().removeAll(ids);
        return new SyncRows(run, all);
    }
}
