package dev.retailcrm.core.kernel;

import java.util.regex.Pattern;

/**
 * A tenant: the retailer whose customers these are. Nothing is shared between tenants. Immutable.
 *
 * @param value 1 to 32 characters of {@code a-z 0-9 - _ .}, starting with a letter or digit
 */
public record TenantId(String value) {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9._-]{0,31}");

    /** Refuses anything else with {@link CoreError#INVALID_VALUE}. */
    public TenantId {
        if (!FORM.matcher(Check.present(value, "tenant")).matches()) {
            throw CoreError.INVALID_VALUE.because("tenant must be 1 to 32 characters of a-z 0-9 - _ .");
        }
    }

    /** The tenant with this code. */
    public static TenantId of(String value) {
        return new TenantId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
