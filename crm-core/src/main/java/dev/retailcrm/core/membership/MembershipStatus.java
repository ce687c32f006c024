package dev.retailcrm.core.membership;

/** Where a member stands. */
public enum MembershipStatus {
    /** She is a member. */
    ACTIVE,
    /** She is a member whose membership rests, until it is unfrozen. */
    FROZEN,
    /** She is no member any more; her number stays hers, and she can come back. */
    CLOSED
}
