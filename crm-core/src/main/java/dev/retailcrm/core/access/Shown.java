package dev.retailcrm.core.access;

/** How much of a field is shown in a view, the least first. */
public enum Shown {
    /** Nothing, not even whether it is known. */
    HIDDEN,
    /** What recognises it to who knows it: {@code A**}, {@code +86138****5678}, {@code a***@example.com}, the last four of a number. */
    MASKED,
    /** The first three and the last four of a number, as of an id card; of one shorter than 12 the last four. */
    MASKED_3_4,
    /** The first four and the last four of a number, as of a bank card; of one shorter than 12 the last four. */
    MASKED_4_4,
    /** All of it, and that is recorded. */
    CLEAR
}
