package dev.retailcrm.assets.report;

import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Value that was issued by one store and used at another, which the first owes to the second. Immutable.
 *
 * @param issuedBy the store that issued it; {@code null} if none did
 * @param usedAt the store where it was used; {@code null} if nowhere
 * @param amount what was used there less what came back there; in the asset's smallest unit
 */
public record Settlement(
        @Nullable StoreId issuedBy, @Nullable StoreId usedAt, Part part, long amount) {}
