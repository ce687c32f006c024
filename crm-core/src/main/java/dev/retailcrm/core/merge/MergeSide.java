package dev.retailcrm.core.merge;

/** Where a value comes from. */
public enum MergeSide {
    /** From the customer who stays. */
    SURVIVOR,
    /** From the one who is merged into her. */
    MERGED,
    /** From both. */
    BOTH,
    /** Nobody has one. */
    NEITHER,
    /** It is still to be chosen. */
    OPEN
}
