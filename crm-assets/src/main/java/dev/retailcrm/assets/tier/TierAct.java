package dev.retailcrm.assets.tier;

/** Why a standing changed. Names are kept. */
public enum TierAct {
    /** The measure came to a higher level. */
    UPGRADED,
    /** A level ended and was qualified for: it lasts for another validity. */
    RETAINED,
    /** A level ended and was not qualified for: the time of grace began. */
    GRACE,
    /** A level ended. */
    DOWNGRADED,
    /** An operator set a floor. */
    FLOOR_SET,
    /** A floor ended, or was taken away. */
    FLOOR_ENDED,
    /** A level was paid for. */
    PAID,
    /** What was paid for ended, or was taken back. */
    PAID_ENDED,
    /** An operator locked the level. */
    LOCKED,
    /** A lock ended, or was taken away. */
    UNLOCKED,
    /** She became one with another customer, or two again. */
    MERGED
}
