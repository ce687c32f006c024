package dev.retailcrm.assets.ledger;

/** Which part of an account a lot belongs to. Points are all {@link #PRINCIPAL}. */
public enum Part {
    /** Paid for, or earned. */
    PRINCIPAL,
    /** Given on top. */
    BONUS
}
