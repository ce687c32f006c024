package dev.retailcrm.assets.ledger;

import dev.retailcrm.core.kernel.CustomerId;
import java.time.Instant;

/** Value that expires soon. Immutable. The amount is in the asset's smallest unit. */
public record ExpiringLot(CustomerId customer, long lotNo, long remaining, Instant expiresAt) {}
