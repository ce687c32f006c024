package dev.retailcrm.tags.spi;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A customer as an outside system has her. Her reference is personal: {@link #toString()} does not show it. Immutable.
 *
 * @param ref by which the system knows her, 1 to {@value #MAX_REF} printable ASCII characters
 * @param tags the ids of all tags she has there
 * @param changedAt when her tags changed last; {@code null} if the system does not say
 */
public record ChannelCustomer(
        String ref, Set<String> tags, @Nullable Instant changedAt) {
    /** The most characters of a reference. */
    public static final int MAX_REF = 200;

    /** Refuses malformed parts with INVALID_VALUE; sorts the tags. */
    public ChannelCustomer {
        Check.code(ref, MAX_REF, "reference of the outside customer");
        tags = ImmutableSortedSet.copyOf(Check.present(tags, "tags"));
    }

    @Override
    public String toString() {
        return "ChannelCustomer[" + tags.size() + " tags]";
    }
}
