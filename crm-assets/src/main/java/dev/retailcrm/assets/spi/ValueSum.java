package dev.retailcrm.assets.spi;

import dev.retailcrm.assets.ledger.EntryType;
import dev.retailcrm.assets.ledger.Part;
import dev.retailcrm.core.kernel.StoreId;
import org.jspecify.annotations.Nullable;

/**
 * A sum of what entries did to lots. Immutable; what was not asked for is {@code null}, as is what there is none of.
 *
 * @param type the type of the entries
 * @param store where they were booked
 * @param bookedMonth in which month they were booked, as {@link ValueQuery#month} numbers it
 * @param part the part; {@code null} for debt
 * @param issuedStore the store of the entry that made the lots
 * @param issuedMonth in which month they were made
 * @param expiryMonth in which month they expire; {@code null} if they never do
 * @param lapsed whether they are expired; {@code null} for debt
 * @param amount in the asset's smallest unit: the making of a lot counts as what was granted; never zero
 */
public record ValueSum(
        @Nullable EntryType type,
        @Nullable StoreId store,
        @Nullable Integer bookedMonth,
        @Nullable Part part,
        @Nullable StoreId issuedStore,
        @Nullable Integer issuedMonth,
        @Nullable Integer expiryMonth,
        @Nullable Boolean lapsed,
        long amount) {
    /** The same with another amount. */
    public ValueSum with(long other) {
        return new ValueSum(type, store, bookedMonth, part, issuedStore, issuedMonth, expiryMonth, lapsed, other);
    }
}
