package dev.retailcrm.core.history;

/** What kind of actor changed something. */
public enum ActorKind {
    /** Nobody said. */
    UNKNOWN,
    /** An operator of the retailer. */
    STAFF,
    /** The customer herself. */
    CUSTOMER,
    /** A program, such as an import or a nightly job. */
    SYSTEM
}
