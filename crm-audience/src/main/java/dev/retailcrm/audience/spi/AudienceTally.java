package dev.retailcrm.audience.spi;

/**
 * How many come and go. Immutable.
 *
 * @param entered how many were not in
 * @param left how many were
 */
public record AudienceTally(long entered, long left) {
    /** Whether nobody does. */
    public boolean isNothing() {
        return entered == 0 && left == 0;
    }
}
