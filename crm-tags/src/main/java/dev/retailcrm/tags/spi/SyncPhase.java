package dev.retailcrm.tags.spi;

/** Where a run of synchronisation is. */
public enum SyncPhase {
    /** Tags of the outside system are read. */
    TAGS,
    /** Tags of ours are made there. */
    PUBLISH,
    /** Customers are compared. */
    CUSTOMERS,
    /** It is through. */
    DONE,
    /** It failed too often, and goes on when it is resumed. */
    STOPPED
}
