package dev.retailcrm.core.merge;

/** What somebody said about a pair of customers. */
public enum ReviewDecision {
    /** Nothing yet. */
    NONE,
    /** Not now. */
    LATER,
    /** They are two. */
    DIFFERENT,
    /** They are one. */
    SAME
}
