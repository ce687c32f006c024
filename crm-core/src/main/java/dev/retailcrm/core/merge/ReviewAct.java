package dev.retailcrm.core.merge;

/** What became of a review. */
public enum ReviewAct {
    /** The pair was proposed. */
    PROPOSED,
    /** Somebody looks into it, or nobody any more. */
    ASSIGNED,
    /** It was put off. */
    LATER,
    /** They are two. */
    DIFFERENT,
    /** They are one, and are merged. */
    SAME,
    /** They were merged, and are two again: what was decided before that merge counts no more if it was to merge them. */
    REOPENED
}
