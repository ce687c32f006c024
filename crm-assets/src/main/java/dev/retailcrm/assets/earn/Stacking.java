package dev.retailcrm.assets.earn;

/** How rules that count for the same line, or for the same order or event, go together. */
public enum Stacking {
    /** Added to the others. */
    ADD,
    /** Of all such rules the one that gives most for the line counts; rules that add are added to it. */
    BEST,
    /** Alone: of all such rules the one of the highest priority counts, and no other. */
    EXCLUSIVE
}
