package dev.retailcrm.tags.sync;

import com.google.common.collect.ImmutableSortedMap;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.tags.spi.SyncMark;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What keeps a customer's tags from being the same on both sides. Her reference is personal: {@link #toString()} does not show it. Immutable.
 *
 * @param customer who
 * @param ref by which the outside system knows her
 * @param tags about which somebody is to decide, and whether she has them here
 * @param problem the code by which one side refused what the other has; {@code null} if neither did
 */
public record SyncQuestion(
        CustomerId customer,
        String ref,
        Map<String, Boolean> tags,
        @Nullable String problem) {
    /** Sorts the tags. */
    public SyncQuestion {
        tags = ImmutableSortedMap.copyOf(tags);
    }

    static SyncQuestion of(SyncMark mark) {
        return new SyncQuestion(mark.customer(), mark.ref(), mark.asked(), mark.problem());
    }

    @Override
    public String toString() {
        return "SyncQuestion[" + customer + ", " + tags.keySet() + ", " + problem + "]";
    }
}
