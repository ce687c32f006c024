package dev.retailcrm.assets.card;

/** Where a card stands. */
public enum CardState {
    /** It begins later. */
    TO_COME,
    /** It is good. */
    ACTIVE,
    /** It ended. */
    EXPIRED,
    /** It was given back. */
    REFUNDED
}
