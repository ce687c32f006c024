package dev.retailcrm.core.merge;

/** How well two values of a field agree, best first. */
public enum Agreement {
    /** Equal in normal form: case, accents, width, blanks and punctuation do not count. */
    EXACT,
    /** One slip of the keyboard apart, day and month swapped, or nearly the same to the ear of a clerk. */
    CLOSE,
    /** Much alike: an initial for the name, a shortened form, two of the three parts of a date. */
    SIMILAR,
    /** Known on both sides and not alike. */
    DIFFERENT,
    /** Unknown on one side at least: speaks neither for nor against. */
    UNKNOWN
}
