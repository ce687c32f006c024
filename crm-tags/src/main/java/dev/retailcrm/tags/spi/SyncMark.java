package dev.retailcrm.tags.spi;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What both sides had of a customer when they were compared last. Her reference is personal: {@link #toString()} does not show it. Immutable.
 *
 * @param customer who
 * @param home whose it was before customers were merged; the same if it always was hers
 * @param ref by which the outside system knows her
 * @param run that compared her; 0 if none did
 * @param triedRun that tried to last; that one leaves her alone from then on
 * @param tags keys of the tags that both had; of a tag that was linked by then and is not here, neither
 * @param asked tags about which the sides differ and somebody is to decide, and whether ours had it
 * @param problem the code of the failure to bring them together; {@code null} if there was none
 * @param version counts the writes of this row, from 1; 0 if it was never written
 */
public record SyncMark(
        CustomerId customer,
        CustomerId home,
        String ref,
        long run,
        long triedRun,
        Set<String> tags,
        Map<String, Boolean> asked,
        @Nullable String problem,
        long version) {
    /** Sorts the tags; refuses malformed parts with INVALID_VALUE. */
    public SyncMark {
        Check.present(customer, "customer");
        Check.code(ref, ChannelCustomer.MAX_REF, "reference of the outside customer");
        Check.present(home, "home");
        Check.positive(version + 1, "version");
        tags = ImmutableSortedSet.copyOf(tags);
        asked = ImmutableSortedMap.copyOf(asked);
    }

    /** Of somebody who was never compared; not to be written. */
    public static SyncMark none(CustomerId customer, String ref) {
        return new SyncMark(customer, customer, ref, 0, 0, Set.of(), Map.of(), null, 0);
    }

    /** After a run that brought both together, but for what is asked. */
    public SyncMark compared(long by, Set<String> both, Map<String, Boolean> questions) {
        return new SyncMark(customer, home, ref, by, by, both, questions, null, version + 1);
    }

    /** After a run in which one side refused what the other has. */
    public SyncMark refused(long by, String code) {
        return new SyncMark(customer, home, ref, run, by, tags, asked, code, version + 1);
    }

    /** After somebody decided: as if both had had it, or neither. */
    public SyncMark answered(String tag, boolean had) {
        Map<String, Boolean> left = new HashMap<>(asked);
        left.remove(tag);
        Set<String> both = new HashSet<>(tags);
        if (had) {
            both.add(tag);
        } else {
            both.remove(tag);
        }
        return new SyncMark(customer, home, ref, run, triedRun, both, left, problem, version + 1);
    }

    /** The same of another customer, as of a version. */
    public SyncMark of(CustomerId other, long then) {
        return new SyncMark(other, home, ref, run, triedRun, tags, asked, problem, then);
    }

    @Override
    public String toString() {
        return "SyncMark[" + customer + "]";
    }
}
