package dev.retailcrm.core.customer;

/** When those born on 29 February have their birthday in years that have none. Laws and customs differ. */
public enum LeapDay {
    /** The day before 1 March, as in New Zealand and Taiwan. */
    FEBRUARY_28,
    /** The day after 28 February, as in England and Hong Kong. */
    MARCH_1
}
