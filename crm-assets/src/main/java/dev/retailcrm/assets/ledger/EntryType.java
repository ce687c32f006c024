package dev.retailcrm.assets.ledger;

/** Why a balance changed. The type is also the contra code: the ledger is single-sided, Σ over all types = Σ of all balances. */
public enum EntryType {
    /** Value given for a purchase or another merit; above zero. */
    EARN,
    /** Value bought, principal and bonus; above zero. */
    TOP_UP,
    /** Value used; below zero. */
    SPEND,
    /** Value reserved; zero, the held amount rises. */
    HOLD,
    /** Reserved value used, the rest freed; below zero or zero. */
    CAPTURE,
    /** Reserved value freed; zero. */
    RELEASE,
    /** Reserved value freed because the hold's time was over; zero. */
    HOLD_EXPIRE,
    /** Value that lapsed; below zero. */
    EXPIRE,
    /** Used value given back; above zero, points at what it reverses. */
    REFUND,
    /** Given value taken back; below zero, points at what it reverses. */
    TAKE_BACK,
    /** A shortfall of a take-back that the retailer bears; above zero, points at the entry that was short. */
    FORGIVE,
    /** A correction by an operator with a reason; above or below zero. */
    ADJUST,
    /** Value given to another customer; below zero. */
    TRANSFER_OUT,
    /** Value received from another customer; above zero. */
    TRANSFER_IN,
    /** Principal paid out and the bonus that went with it; below zero. */
    CASH_OUT,
    /** Value that went with a merge of customers, or its end, to the account of the other; below zero, above if it was a debt. */
    MERGE_OUT,
    /** Value that came with a merge of customers, or its end; above zero, below if it was a debt. */
    MERGE_IN;

    /** Whether a booking of this type made lots that can be taken back. */
    boolean grants() {
        return this == EARN || this == TOP_UP || this == ADJUST;
    }

    /** Whether an entry of this type may have made lots. */
    boolean makesLots() {
        return grants() || this == TRANSFER_IN || this == REFUND || this == MERGE_IN;
    }

    /** Whether a booking of this type used value that can be refunded. */
    boolean uses() {
        return this == SPEND || this == CAPTURE || this == ADJUST;
    }

    /** Whether it is the customer's own doing, which renews lots that slide. */
    boolean isActivity() {
        return this == EARN || this == TOP_UP || this == SPEND || this == CAPTURE || this == HOLD;
    }
}
