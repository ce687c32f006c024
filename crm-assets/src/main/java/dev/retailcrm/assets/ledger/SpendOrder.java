package dev.retailcrm.assets.ledger;

/** Which part is used first. Within a part it is always the lot that expires soonest, then the oldest. */
public enum SpendOrder {
    /** Soonest expiry whatever the part. */
    SOONEST_EXPIRY,
    /** Principal, then bonus. */
    PRINCIPAL_FIRST,
    /** Bonus, then principal. */
    BONUS_FIRST,
    /** Principal and bonus in proportion to what is available; the bonus bears the remainder of the division. */
    PRO_RATA
}
