package dev.retailcrm.assets.ledger;

/** What happens when given value is taken back and the account has less. */
public enum ShortfallPolicy {
    /** The take-back is refused. */
    REFUSE,
    /** The account owes the rest; what comes in next pays it first. */
    DEBT,
    /** The retailer bears the rest, booked as {@link EntryType#FORGIVE}. */
    FORGIVE
}
