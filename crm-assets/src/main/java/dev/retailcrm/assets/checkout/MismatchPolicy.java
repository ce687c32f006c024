package dev.retailcrm.assets.checkout;

/** What becomes of an order whose figures are not what the till expected. */
public enum MismatchPolicy {
    /** It is refused, and nothing is booked. */
    REFUSE,
    /** It is booked by the figures of the checkout, which tell what differs: for tills that work offline, where the goods are gone. */
    REPORT
}
