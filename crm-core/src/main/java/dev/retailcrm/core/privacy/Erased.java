package dev.retailcrm.core.privacy;

/**
 * What a step of an erasure did in one feature. Immutable.
 *
 * @param rows how many rows were deleted or emptied
 * @param done whether nothing is left to be erased
 */
public record Erased(long rows, boolean done) {
    /** Of a feature that had nothing personal, or has nothing left. */
    public static final Erased NOTHING = new Erased(0, true);

    /** Of a step of at most {@code limit} rows: if it found fewer, nothing is left. */
    public static Erased of(long rows, int limit) {
        return new Erased(rows, rows < limit);
    }
}
