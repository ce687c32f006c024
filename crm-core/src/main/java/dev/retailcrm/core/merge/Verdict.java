package dev.retailcrm.core.merge;

/** What a score says about two records. */
public enum Verdict {
    /** One person. */
    SAME,
    /** Somebody should look: likely, but not likely enough, or nothing tells her from others of her household. */
    REVIEW,
    /** Two persons. */
    DIFFERENT
}
