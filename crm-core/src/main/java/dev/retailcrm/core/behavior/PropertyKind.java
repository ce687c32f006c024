package dev.retailcrm.core.behavior;

/** The types a property of an event can have. */
public enum PropertyKind {
    /** Unicode characters. */
    TEXT,
    /** A 64-bit whole number. */
    NUMBER,
    /** An exact decimal of at most 18 digits, up to 9 of them after the point. */
    DECIMAL,
    /** An amount in a currency. */
    MONEY,
    /** An instant in milliseconds, from 1970 to 9999. */
    INSTANT,
    /** A day of the calendar, from 0001 to 9999. */
    DATE,
    /** True or false. */
    BOOLEAN
}
