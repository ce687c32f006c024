package dev.retailcrm.tags.spi;

import dev.retailcrm.core.kernel.Check;

/**
 * That a tag of ours and one of an outside system are the same. Immutable.
 *
 * @param id of the outside tag
 * @param tag key of ours
 * @param name that both had when they were compared last
 * @param sinceRun the run that linked them
 * @param seenRun the latest run that saw the outside tag
 */
public record SyncLink(String id, String tag, String name, long sinceRun, long seenRun) {
    /** Refuses malformed parts with INVALID_VALUE. */
    public SyncLink {
        Check.code(id, ChannelTag.MAX_ID, "id of the outside tag");
        Check.code(tag, 60, "key of the tag");
        Check.text(name, ChannelTag.MAX_NAME, "name");
        Check.positive(sinceRun, "run");
        Check.positive(seenRun, "run");
    }

    /** The same, seen by a run under a name that both have now. */
    public SyncLink seen(long run, String both) {
        return new SyncLink(id, tag, both, sinceRun, run);
    }
}
