package dev.retailcrm.assets.checkout;

/** With what a basket is paid. */
public enum TenderKind {
    /** Money of any form: cash, card, wallet of a bank. */
    MONEY,
    /** Stored value of the retailer. */
    STORED_VALUE,
    /** A gift card of the retailer. */
    GIFT_CARD,
    /** Points. */
    POINTS
}
