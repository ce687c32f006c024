package dev.retailcrm.tags.sync;

/** What a run counts; a dry one counts what it would have done. */
public enum SyncCount {
    /** Outside tags that were linked with one of ours. */
    LINKED,
    /** Of these, those that were defined here. */
    DEFINED,
    /** Of these, those that were made there. */
    PUBLISHED,
    /** Tags that got the other side's name. */
    RENAMED,
    /** Tags whose names changed on both sides, and stay so. */
    NAMES_DIFFER,
    /** Links whose outside tag is gone. Nothing of ours is deleted for it. */
    UNLINKED,
    /** Outside customers that were seen. */
    SEEN,
    /** Of these, those who are no customers of ours. */
    STRANGERS,
    /** Of these, those whose data is not to be processed, because they are restricted: nothing is done on either side. */
    WITHHELD,
    /** Tags that customers got here. */
    ASSIGNED,
    /** Tags that were taken from customers here. */
    REMOVED,
    /** Tags that customers got there. */
    ADDED_THERE,
    /** Tags that were taken from customers there. */
    REMOVED_THERE,
    /** Tags of customers about which somebody is to decide. */
    ASKED,
    /** Customers and tags of whom one side refused what the other has. */
    REFUSED
}
