package dev.retailcrm.assets.card;

/** How customers come by a card. Names are kept. */
public enum CardSale {
    /** The host sells it; what it was sold for is recorded. */
    PAID,
    /** It is given. */
    FREE,
    /** It is given for trial. */
    TRIAL
}
