package dev.retailcrm.audience.spi;

/**
 * How many come and go. Immutable.
 *
 * @param entered how many were not in
 * @param left how many were
 */
public record AudienceTally(long entered, long left) {
    /** Nobody comes and nobody goes. */
    public static final AudienceTally NOTHING = new AudienceTally(0, 0);

    /** Both together. */
    public AudienceTally and(AudienceTally other) {
        return new AudienceTally(entered + other.entered, left + other.left);
    }

    /** Whether nobody does. */
    public boolean isNothing() {
        return entered == 0 && left == 0;
    }
}
