package dev.retailcrm.assets.tier;

/** What becomes of a level that ends and is not qualified for any more. Names are kept. */
public enum Downgrade {
    /** The next below. */
    ONE_DOWN,
    /** What is qualified for. */
    TO_QUALIFIED,
    /** It is kept. */
    NEVER
}
