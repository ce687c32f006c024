package dev.retailcrm.tags.sync;

/** Whose tags are meant. */
public enum SyncSide {
    /** Ours. */
    OURS,
    /** Those of the outside system. */
    THEIRS
}
