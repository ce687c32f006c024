package dev.retailcrm.assets.spi;

/** What sums of the ledger can be told apart by. */
public enum ValueDimension {
    /** The type of the entry that moved the value. */
    TYPE,
    /** The store where the value was moved. */
    STORE,
    /** The month in which it was moved. */
    BOOKED_MONTH,
    /** The part the value belongs to; none for what is owed by the customer. */
    PART,
    /** The store of the entry that made the lot. */
    ISSUED_STORE,
    /** The month in which the lot was made. */
    ISSUED_MONTH,
    /** The month in which the lot expires, by the expiry of now. */
    EXPIRY_MONTH,
    /** Whether the lot is expired at the instant of the question. */
    LAPSED
}
