package dev.retailcrm.assets.report;

import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * Value that came or went for one reason at one store. Immutable.
 *
 * @param store where it was booked; {@code null} if nowhere
 * @param amount above zero if it came; in the asset's smallest unit
 */
public record Flow(EntryType type, @Nullable StoreId store, long amount) {}
