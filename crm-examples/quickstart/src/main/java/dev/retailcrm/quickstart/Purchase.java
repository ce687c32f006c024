package dev.retailcrm.quickstart;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * One purchase. Immutable.
 *
 * @param number 1, 2, 3 … in time order, the same on every run
 * @param customer the shop's own number of the customer
 * @param at when, no two at the same instant
 */
record Purchase(int number, String customer, Instant at, int quantity, BigDecimal amount) {
    /** One point for each whole unit of money. */
    static long points(BigDecimal amount) {
        return amount.longValue();
    }
}
