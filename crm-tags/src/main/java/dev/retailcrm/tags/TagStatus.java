package dev.retailcrm.tags;

/** Where a tag stands. */
public enum TagStatus {
    /** Customers get it. */
    ACTIVE,
    /** Who has it keeps it, and nobody else gets it. */
    RETIRED,
    /** It was merged into another, which answers for it. */
    MERGED
}
