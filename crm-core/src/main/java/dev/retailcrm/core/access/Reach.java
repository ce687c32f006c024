package dev.retailcrm.core.access;

/** How far a right reaches that somebody has. */
public enum Reach {
    /** She does not have it. */
    NONE,
    /** She has it for some customers only. */
    SOME,
    /** She has it for all customers, and for what concerns no customer. */
    ALL
}
