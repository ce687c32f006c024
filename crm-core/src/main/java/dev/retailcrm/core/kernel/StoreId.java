package dev.retailcrm.core.kernel;

/**
 * A shop, warehouse or web shop of the tenant, by the host's own code. Immutable.
 *
 * @param value 1 to 40 printable ASCII characters without blanks at the ends
 */
public record StoreId(String value) {
    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public StoreId {
        Check.code(value, 40, "store");
    }

    /** The store with this code. */
    public static StoreId of(String value) {
        return new StoreId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
