package dev.retailcrm.assets.earn;

/** What became of a rule. */
public enum EarnVerdict {
    /** It gave what it gives. */
    EARNED,
    /** It gave less, or nothing, because of a cap. */
    CAPPED,
    /** It covers nothing that was bought, or is for another event. */
    NOT_COVERED,
    /** It is for other stores or channels. */
    ELSEWHERE,
    /** It is for other times. */
    NOT_NOW,
    /** It is for other customers. */
    NOT_HERS,
    /** It is for money of another currency. */
    OTHER_CURRENCY,
    /** What it covers does not come to its minimum. */
    BELOW_MINIMUM,
    /** Another rule counts in its place. */
    SUPERSEDED,
    /** What it covers comes to less than one block. */
    TOO_LITTLE,
    /** It counts once a day, and has counted. */
    COUNTED
}
