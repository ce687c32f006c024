package dev.retailcrm.core.trade;

/** What a customer's statistics are broken down by. A cancelled order counts in none. */
public enum Dimension {
    /** The month, such as {@code 2026-03}, in the retailer's zone: orders by when they were bought, refunds by when they were given. */
    MONTH,
    /** The day, such as {@code 2026-03-31}, in the retailer's zone; orders only. */
    DAY,
    /** The store's code; orders only. */
    STORE,
    /** The channel's code; orders only. */
    CHANNEL,
    /** The category's code; lines only: an order counts once in each of its categories, with the lines of that category. */
    CATEGORY
}
