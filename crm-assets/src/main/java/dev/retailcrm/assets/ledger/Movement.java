package dev.retailcrm.assets.ledger;

/**
 * What an entry did to one lot. For every entry: Σ (delta + heldDelta) = its amount, where making a lot counts as {@code +granted}.
 * Immutable.
 *
 * @param seq the entry
 * @param lotNo the lot; {@link #DEBT} for what it did to the debt, where a positive delta pays and a negative one borrows
 * @param part the lot's part; principal for the debt
 * @param delta added to what remains in the lot
 * @param heldDelta added to what is held in the lot
 * @param costMinor the cost of what was used by it, in the smallest unit of the lot's cost; below zero if use was given back
 */
public record Movement(long seq, long lotNo, Part part, long delta, long heldDelta, long costMinor) {
    /** The number that stands for the debt. */
    public static final long DEBT = 0;

    /** What it used up (above zero) or gave back (below zero). */
    public long used() {
        return -delta - heldDelta;
    }
}
