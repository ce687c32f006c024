package dev.retailcrm.core.spi;

import dev.retailcrm.core.kernel.Check;
import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;

/**
 * Where an enciphered value belongs. It is authenticated with the value, so that one moved elsewhere cannot be read. Immutable.
 *
 * @param tenant the retailer
 * @param customer whose it is
 * @param field table and field, 1 to 120 printable ASCII characters
 */
public record FieldContext(TenantId tenant, CustomerId customer, String field) {
    /** Refuses anything else with INVALID_VALUE. */
    public FieldContext {
        Check.present(tenant, "tenant");
        Check.present(customer, "customer");
        Check.code(field, 120, "field");
    }
}
