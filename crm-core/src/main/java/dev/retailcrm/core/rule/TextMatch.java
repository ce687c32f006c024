package dev.retailcrm.core.rule;

/** How a text is looked for in another. */
public enum TextMatch {
    /** It is somewhere in it. */
    CONTAINS,
    /** It is its beginning. */
    STARTS,
    /** It is its end. */
    ENDS,
    /** It is a {@link TextPattern} of the whole of it. */
    MATCHES
}
