package dev.retailcrm.tags.sync;

import com.google.common.collect.ImmutableSortedSet;
import dev.retailcrm.core.kernel.Check;
import java.util.Set;

/**
 * What of tags is kept the same, and how. Only tags without a value are. Immutable.
 *
 * @param policy which side is right at first
 * @param adopted whether outside tags that are not linked are defined here; otherwise only those of which a tag of ours has the name are linked
 * @param published keys of groups of ours whose tags are made in the outside system
 * @param pace how often it is called
 */
public record SyncSetup(SyncPolicy policy, boolean adopted, Set<String> published, SyncPace pace) {
    /** Sorts the groups. */
    public SyncSetup {
        Check.present(policy, "policy");
        Check.present(pace, "pace");
        published = ImmutableSortedSet.copyOf(published);
    }

    /** Only tags of the same name, at the default pace. */
    public static SyncSetup of(SyncPolicy policy) {
        return new SyncSetup(policy, false, Set.of(), SyncPace.DEFAULT);
    }

    /** Also outside tags that we have not; we define them. */
    public SyncSetup adopting() {
        return new SyncSetup(policy, true, published, pace);
    }

    /** Also the tags of these groups of ours; they are made there. */
    public SyncSetup publishing(String... groups) {
        return new SyncSetup(policy, adopted, Set.of(groups), pace);
    }

    /** At another pace. */
    public SyncSetup at(SyncPace other) {
        return new SyncSetup(policy, adopted, published, other);
    }
}
