package dev.retailcrm.core.ownership;

import dev.retailcrm.core.kernel.CustomerId;
import org.jspecify.annotations.Nullable;

/**
 * A customer in a listing of those who belong to somebody, or to nobody. Immutable.
 *
 * @param customer the customer
 * @param tenure whom she belongs to; {@code null} if she is in the pool
 */
public record OwnedCustomer(CustomerId customer, @Nullable Tenure tenure) {}
