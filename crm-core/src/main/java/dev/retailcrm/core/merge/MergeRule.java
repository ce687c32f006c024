package dev.retailcrm.core.merge;

/** Which value a field has after a merge. */
public enum MergeRule {
    /**
     * The one stated last, by the date it was stated and not by that of an earlier merge; a value beats none. Of two stated in the same
     * millisecond the one that sorts first, so that it does not matter in which order customers are merged.
     */
    MOST_RECENT,
    /** The survivor's, also if she has none. */
    SURVIVOR,
    /** The survivor's; the other's if she has none. */
    NON_EMPTY,
    /** Those of both; only for fields that hold several values. */
    UNION,
    /** Somebody has to choose where both have a value and they differ; until then the two cannot be merged. */
    ASK
}
