package dev.retailcrm.core.spi;

import dev.retailcrm.core.field.FieldDefinition;
import dev.retailcrm.core.kernel.RequestKey;
import dev.retailcrm.core.kernel.TenantId;
import dev.retailcrm.core.spi.RequestStore.Booked;

/**
 * The decision of one command about the definition of a custom field. Immutable.
 *
 * @param tenant the retailer
 * @param after the definition as it is to be
 * @param key the request key to be booked for the tenant
 * @param booked what is remembered under the key
 */
public record FieldDefinitionChange(TenantId tenant, FieldDefinition after, RequestKey key, Booked booked) {}
