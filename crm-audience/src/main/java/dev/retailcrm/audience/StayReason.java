package dev.retailcrm.audience;

/** Why a customer entered or left an audience. */
public enum StayReason {
    /** The rule holds, or holds no more, exclusion audiences and the limit considered. */
    RULE,
    /** The list names her, or no more. */
    LISTED,
    /** Somebody included her by hand. */
    INCLUDED,
    /** Somebody excluded her by hand. */
    EXCLUDED,
    /** The audience was archived. */
    ARCHIVED,
    /** Two customers became one. */
    MERGED,
    /** And two again. */
    UNMERGED
}
