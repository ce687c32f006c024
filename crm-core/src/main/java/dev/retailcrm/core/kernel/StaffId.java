package dev.retailcrm.core.kernel;

/**
 * A person or program of the tenant that operates, by the host's own code. Immutable.
 *
 * @param value 1 to 40 printable ASCII characters without blanks at the ends
 */
public record StaffId(String value) {
    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public StaffId {
        Check.code(value, 40, "staff");
    }

    /** The staff with this code. */
    public static StaffId of(String value) {
        return new StaffId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
