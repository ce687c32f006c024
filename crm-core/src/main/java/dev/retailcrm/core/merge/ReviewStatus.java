package dev.retailcrm.core.merge;

/** Where a pair of customers stands who may be one person. */
public enum ReviewStatus {
    /** It waits for somebody to decide. */
    OPEN,
    /** Somebody looked and put it off. */
    LATER,
    /** They are two, and are not proposed again. */
    DIFFERENT,
    /** They are one, and were merged by this decision. */
    SAME,
    /** They are one by a merge made elsewhere. */
    MERGED,
    /** One of them was erased. */
    ERASED,
    /** By a merge another review is of the same two, and speaks for both. */
    SHADOWED;

    /** Whether somebody may still look into it. */
    public boolean isWaiting() {
        return this == OPEN || this == LATER;
    }
}
