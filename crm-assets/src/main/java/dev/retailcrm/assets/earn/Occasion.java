package dev.retailcrm.assets.earn;

/** What somebody does, besides buying, that programs can reward. */
public enum Occasion {
    /** She became a customer or a member. */
    REGISTRATION,
    /** Her birthday. */
    BIRTHDAY,
    /** She signed in or checked in; counts once a day, and days in a row count as a streak. */
    SIGN_IN,
    /** Somebody she brought, or who brought her. */
    REFERRAL,
    /** She reviewed an article. */
    REVIEW,
    /** Something of the host's own, named by a code. */
    CUSTOM
}
