package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.CustomerId;
import dev.retailcrm.core.kernel.TenantId;

/** One account: a tenant's customer and what is counted. Immutable. */
public record AccountId(TenantId tenant, CustomerId customer, Asset asset) {
    /** The account of another customer for the same asset. */
    public AccountId of(CustomerId other) {
        return new AccountId(tenant, other, asset);
    }
}
