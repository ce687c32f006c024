package dev.retailcrm.assets.ledger;

/**
 * An account at an instant. Immutable. Amounts are in the asset's smallest unit.
 *
 * @param available can be used
 * @param pending becomes available later
 * @param held reserved by holds whose time is not over
 * @param debt owed
 */
public record Balance(long available, long pending, long held, long debt) {
    /** An account that was never opened. */
    public static final Balance ZERO = new Balance(0, 0, 0, 0);

    /** All that counts: available + pending + held − debt. What has expired does not count, whether or not a sweep booked it. */
    public long total() {
        return available + pending + held - debt;
    }
}
