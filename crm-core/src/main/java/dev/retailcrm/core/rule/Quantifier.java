package dev.retailcrm.core.rule;

/** How many of several things must be there. */
public enum Quantifier {
    /** One at least; false of none. */
    ANY,
    /** Every one; true of none. */
    ALL,
    /** Not one; true of none. */
    NONE
}
