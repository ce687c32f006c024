package dev.retailcrm.tags.sync;

/**
 * Which side is right where it cannot be known which one changed: when a customer or tag is compared for the first time. Later the side that
 * changed since is right, whatever the policy.
 */
public enum SyncPolicy {
    /** Ours. */
    OURS,
    /** The outside system. */
    THEIRS,
    /**
     * Whatever happened last. A tag that one side has, and the other never had as far as is known, goes to the other. What was taken away by
     * hand, while the outside system does not say since when it has it, is asked.
     */
    NEWEST,
    /** Neither: somebody decides, see {@link TagSync#open}. */
    ASK
}
