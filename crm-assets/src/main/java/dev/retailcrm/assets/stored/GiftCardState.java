package dev.retailcrm.assets.stored;

/** Where a gift card stands. The first three are kept, the others follow from time and balance. */
public enum GiftCardState {
    /** Made, perhaps on a shelf, without value yet. */
    ISSUED,
    /** Sold: it carries its value. */
    ACTIVE,
    /** Reported lost or stolen; its value is kept but cannot be used. */
    BLOCKED,
    /** Active, but its time is over. */
    EXPIRED,
    /** Active, but nothing is left on it. A refund fills it again. */
    USED_UP;

    /** Whether a card is kept in this state, or only found to be in it. */
    public boolean isKept() {
        return this == ISSUED || this == ACTIVE || this == BLOCKED;
    }
}
