package dev.retailcrm.tags.spi;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What both sides had of a customer when they were compared last. Her reference is personal: {@link #toString()} does not show it. Immutable.
 *
 * @param customer who
 * @param ref by which the outside system knows her
 * @param run that compared her
 * @param tags keys of the tags that both had; of a tag that was linked by then and is not here, neither
 * @param asked tags about which the sides differ and somebody is to decide, and whether ours had it
 * @param problem the code of the failure to bring them together; {@code null} if there was none
 * @param version counts the writes of this row, from 1
 */
public record SyncMark(
        CustomerId customer,
        String ref,
        long run,
        Set<String> tags,
        Map<String, Boolean> asked,
        @Nullable String problem,
        long version) {
    /** Sorts the tags; refuses malformed parts with INVALID_VALUE. */
    public SyncMark {
        Check.present(customer, "customer");
        Check.code(ref, ChannelCustomer.MAX_REF, "reference of the outside customer");
        Check.positive(version, "version");
        tags = ImmutableSortedSet.copyOf(tags);
        asked = ImmutableSortedMap.copyOf(asked);
    }

    @Override
    public String toString() {
        return "SyncMark[" + customer + "]";
    }
}
