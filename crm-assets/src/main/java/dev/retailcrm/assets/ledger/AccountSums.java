package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.CustomerId;

/**
 * What an account says, beside what its rows add up to. Immutable. Amounts are in the asset's smallest unit.
 *
 * @param entries how many entries it has; equal to {@code seq} if none is missing
 * @param entrySum Σ of all entries
 * @param lotsRemaining Σ remaining of all lots
 * @param lotsHeld Σ held of all lots
 * @param openHolds Σ of open holds
 */
public record AccountSums(
        CustomerId customer,
        long seq,
        long posted,
        long held,
        long debt,
        long entries,
        long entrySum,
        long lotsRemaining,
        long lotsHeld,
        long openHolds) {
    /** Whether balance = Σ entries = Σ lots + held − debt, and held = Σ open holds = Σ held in lots, with no entry missing. */
    public boolean agree() {
        return seq == entries
                && posted == entrySum
                && lotsRemaining == posted - held + debt
                && lotsHeld == held
                && openHolds == held;
    }
}
